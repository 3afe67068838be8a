package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ways requests take, as users say it. */
@Timeout(60)
class RoutesTest {
  private static final String QUESTION = "binance BTC/USDT candle --interval 1m --last 1h";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8888,",
    "http://open-sesame@127.0.0.1:8888,open-sesame",
    "http://:open-sesame@127.0.0.1:8888/,open-sesame",
    "http://o%3Ap+n@127.0.0.1:8888,o:p+n"
  })
  void theAddressOfProxyterIsRead(String text, String secret) {
    var address = ProxyterAddress.of("127.0.0.1", 8888);
    assertThat(Routes.proxyter("--proxyter", text))
        .isEqualTo(secret == null ? address : address.secret(secret));
    assertThat(Routes.proxyter("--proxyter", "http://[::1]:8888").host()).isEqualTo("::1");
    assertThat(Routes.proxyter("--proxyter", text.replaceFirst("http:", "https:")))
        .isEqualTo(secret == null ? address.inTls() : address.inTls().secret(secret));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1:8888                    | --proxyter: "127.0.0.1:8888": expected
          proxy                             | expected Proxyter's address as http://SECRET@HOST:PORT
          http://127.0.0.1                  | expected Proxyter's address as http://SECRET@HOST:PORT
          http://127.0.0.1:8888/admin       | expected Proxyter's address as http://SECRET@HOST:PORT
          http://127.0.0.1:99999            | expected Proxyter's address as http://SECRET@HOST:PORT
          ftp://word@127.0.0.1:8888         | "ftp://***@127.0.0.1:8888": expected Proxyter's address
          socks5://word@127.0.0.1:8888      | is spoken to by HTTP here: write http://SECRET@127.0.0.1:8888, or https where it has TLS
          https://word@127.0.0.1            | expected Proxyter's address as http://SECRET@HOST:PORT or https://...
          https://binance:word@127.0.0.1:1  | the place of the user belongs to the type of each request: write https://SECRET@127.0.0.1:1
          http://binance:word@127.0.0.1:8888 | the place of the user belongs to the type of each request: write http://SECRET@127.0.0.1:8888
          """)
  void anAddressThatCannotBeProxytersEndsWithTwoAndTellsNoSecret(String text, String expected) {
    var result = plan("--proxyter", text);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errors())
        .singleElement()
        .asString()
        .startsWith("tradeflood: --proxyter")
        .contains(expected)
        .doesNotContain("word");
  }

  @Test
  void aPlanShowsTheRouteOfEachType() throws Exception {
    assertThat(plan().out()).contains("binance.klines, direct");
    assertThat(plan("--proxyter", "http://open-sesame@127.0.0.1:8888").out())
        .contains(
            "binance.klines,"
                + " proxyter://127.0.0.1:8888/binance.klines,s=binance,sm=firm (one address)")
        .doesNotContain("open-sesame");
    assertThat(plan("--proxyter", "https://open-sesame@127.0.0.1:8888").out())
        .contains(
            "binance.klines,"
                + " proxyter+tls://127.0.0.1:8888/binance.klines,s=binance,sm=firm (one address)")
        .doesNotContain("open-sesame");
    var file =
        Files.writeString(
            folder.resolve("tradeflood.yaml"),
            """
            proxyter: http://127.0.0.1:1
            routes: {binance.klines: {rotate: spread, addresses: 3, groups: [eu]}}
            """);
    // The option is another address for the same routes.
    assertThat(plan("--config", file.toString(), "--proxyter", "http://127.0.0.1:8888").out())
        .contains(
            "proxyter://127.0.0.1:8888/binance.klines,s=binance,sm=hard,g=eu (over 3 addresses)");
  }

  @Test
  void whereThereIsAProxyterEverythingElseGoesByIt() {
    var routes =
        new Routes(
            Optional.of(ProxyterAddress.of("h", 1)),
            Map.of("acme.book", new Routes.Wish.Fixed(Route.direct())));
    assertThat(routes.scheme().route(new RequestType("acme", "book"))).isEqualTo(Route.direct());
    assertThat(routes.scheme().route(new RequestType("acme", "bookTicker")))
        .isEqualTo(new Route.Proxyter(ProxyterAddress.of("h", 1)));
    assertThat(Routes.NONE.scheme().route(new RequestType("acme", "book")))
        .isEqualTo(Route.direct());
  }

  @Test
  void aRouteByAProxyterThatIsNowhereIsRefused() {
    var routes =
        new Routes(
            Optional.empty(),
            Map.of("acme", new Routes.Wish.ByProxyter(Rotation.onBan(2), List.of(), List.of())));
    assertThatThrownBy(routes::scheme)
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "routes.acme: there is no Proxyter: give its address by --proxyter URL or the key proxyter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          routes: {binanse: direct}    | routes.binanse: there is no exchange binanse: "tradeflood list exchanges" has them
          routes: {"binance.*": direct} | A route is for a type such as acme.candles, its beginning such as acme, or *, was "binance.*"
          routes: {binance: proxyter}  | routes.binance: there is no Proxyter
          """)
  void aRouteForNobodyIsRefused(String text, String expected) throws Exception {
    var file = Files.writeString(folder.resolve("tradeflood.yaml"), text);
    var result = plan("--config", file.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errors()).singleElement().asString().contains(expected);
  }

  @Test
  void aProxyterThatIsNotThereIsToldInOneLine() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var file =
        Files.writeString(folder.resolve("tradeflood.yaml"), "settings: {'': {net.tries: 1}}");
    var result =
        run(
            "pull",
            "--config",
            file.toString(),
            "--proxyter",
            "http://open-sesame@127.0.0.1:" + port);
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.errors())
        .singleElement()
        .asString()
        .contains(
            "was not asked: Proxyter at 127.0.0.1:%d refused the connection".formatted(port),
            "start it with tradeflood proxyter, or correct --proxyter")
        .doesNotContain("open-sesame");
  }

  private static Shell.Result plan(String... options) {
    return run("plan", options);
  }

  private static Shell.Result run(String command, String... options) {
    var arguments = new ArrayList<>(List.of((command + " " + QUESTION).split(" ")));
    arguments.addAll(List.of(options));
    return Shell.run(arguments.toArray(String[]::new));
  }
}
