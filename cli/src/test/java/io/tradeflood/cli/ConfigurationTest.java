package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.cli.Routes.Wish.ByProxyter;
import io.tradeflood.cli.Routes.Wish.Fixed;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void everythingThatAFileMaySayIsRead() throws IOException {
    var configuration =
        Configuration.read(
            file(
                """
                hosts:
                  binance.spot-rest: http://127.0.0.1:9100
                settings:
                  acme:
                    key: 12345
                use: com.example.FastCandles
                without:
                  - BitgetTrades
                  - BitgetBooks
                plugins: [jars]
                deadline: 90s
                proxyter:
                  url: https://127.0.0.1:8888
                  secret: open-sesame
                  admin: http://127.0.0.1:8889
                  token: 12
                routes:
                  acme: direct
                  acme.candles: {rotate: spread, addresses: 4, groups: [eu, us], tags: fast}
                  acme.trades: {rotate: on-ban, addresses: 2}
                  acme.book: http://ann:p%40ss@127.0.0.1:3128
                  acme.ticker: socks5://127.0.0.1:1080
                  "*": proxyter
                """));
    assertThat(configuration)
        .isEqualTo(
            new Configuration(
                Map.of("binance.spot-rest", URI.create("http://127.0.0.1:9100")),
                Map.of("acme", Map.of("key", "12345")),
                List.of("com.example.FastCandles"),
                List.of("BitgetTrades", "BitgetBooks"),
                List.of(folder.resolve("jars")),
                Optional.of(Duration.ofSeconds(90)),
                new Routes(
                    Optional.of(
                        ProxyterAddress.of("127.0.0.1", 8888)
                            .inTls()
                            .secret("open-sesame")
                            .admin(URI.create("http://127.0.0.1:8889"), Optional.of("12"))),
                    Map.of(
                        "acme",
                        new Fixed(Route.direct()),
                        "acme.candles",
                        new ByProxyter(Rotation.spread(4), List.of("eu", "us"), List.of("fast")),
                        "acme.trades",
                        new ByProxyter(Rotation.onBan(2), List.of(), List.of()),
                        "acme.book",
                        new Fixed(
                            new Route.Via(
                                Route.Protocol.HTTP,
                                "127.0.0.1",
                                3128,
                                Optional.of(new Route.Credentials("ann", "p@ss")))),
                        "acme.ticker",
                        new Fixed(
                            new Route.Via(
                                Route.Protocol.SOCKS5, "127.0.0.1", 1080, Optional.empty())),
                        "*",
                        new ByProxyter(Rotation.never(), List.of(), List.of())))));
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertThat(Configuration.read(file(""))).isEqualTo(Configuration.EMPTY);
    assertThat(Configuration.read(file("# nothing yet\n"))).isEqualTo(Configuration.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'host: {}'                          | host is unknown: expected one of hosts settings use without plugins deadline proxyter routes
          'hosts: [a]'                        | hosts is no mapping: expected lines of the form "name: value"
          'hosts: {acme.rest: 127.0.0.1}'     | hosts.acme.rest: "127.0.0.1" is no address: expected one such as
          'hosts: {acme.rest: ftp://a.b}'     | hosts.acme.rest: "ftp://a.b" is no address: expected one such as
          'settings: {acme: {key: [1]}}'      | settings.acme.key is no text: expected one value
          'use: {a: b}'                       | use is no text: expected one value
          'deadline: soon'                    | deadline is "soon": expected a length of time such as 30s, 5m or 2h
          'deadline: -5s'                     | deadline is "-5s": expected a length of time such as 30s, 5m or 2h
          'proxyter: [a]'                     | proxyter is no mapping
          'proxyter: {secret: s}'             | proxyter.url is missing: expected Proxyter's address
          'proxyter: {uri: s}'                | proxyter.uri is unknown: expected one of url secret admin token
          'proxyter: {url: "http://h:1", token: t}' | proxyter.token is for the admin port: add proxyter.admin
          'proxyter: {url: "http://h:1", admin: h}' | proxyter.admin: "h" is no address
          'proxyter: "socks5://h:1"'          | proxyter: "socks5://h:1": Proxyter is spoken to by HTTP here: write http://SECRET@h:1
          'routes: {acme: nowhere}'           | routes.acme: "nowhere": expected direct, proxyter, or another proxy
          'routes: {acme: "ftp://a:b@h:1"}'   | routes.acme: "ftp://***@h:1": expected direct, proxyter
          'routes: {acme: {rotate: always}}'  | routes.acme.rotate is "always": expected never, on-ban or spread
          'routes: {acme: {rotate: spread}}'  | routes.acme.addresses is missing: expected how many addresses may be used, 2 to 64
          'routes: {acme: {rotate: on-ban, addresses: 65}}' | routes.acme.addresses is "65": expected how many
          'routes: {acme: {addresses: 4}}'    | routes.acme.addresses is for a rotation: add rotate: on-ban or rotate: spread
          'routes: {acme: {group: eu}}'       | routes.acme.group is unknown: expected one of rotate addresses groups tags
          'routes: {acme: {groups: [""]}}'    | routes.acme.groups has an empty name
          'hosts: {'                          | not YAML
          'deadline: 1s{newline}deadline: 2s' | not YAML
          """)
  void whatIsWrongIsToldOnOneLineThatNamesTheKey(String text, String expected) throws IOException {
    Path file = file(text.replace("{newline}", "\n"));
    assertThatThrownBy(() -> Configuration.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileThatIsNotThereIsToldAsSuch() {
    assertThatThrownBy(() -> Configuration.read(folder.resolve("none.yaml")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("none.yaml")
        .hasMessageContaining("expected a readable YAML file");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tradeflood.yaml"), text);
  }
}
