package io.tradeflood.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxySchemeTest {
  private static final ProxyterAddress ADDRESS = ProxyterAddress.of("127.0.0.1", 8888);
  private static final Route.Proxyter PROXYTER = new Route.Proxyter(ADDRESS);
  private static final Route.Proxyter SPREAD = PROXYTER.rotate(Rotation.spread(4));

  @Test
  void theLongestBeginningOfATypeFindsItsRoute() {
    var scheme =
        ProxyScheme.byType(
            Map.of("*", PROXYTER, "acme", Route.direct(), "acme.openInterest", SPREAD));
    assertThat(scheme.route(new RequestType("acme", "openInterest"))).isEqualTo(SPREAD);
    assertThat(scheme.route(new RequestType("acme", "openInterestHistory")))
        .isEqualTo(Route.direct());
    assertThat(scheme.route(new RequestType("acmes", "candles"))).isEqualTo(PROXYTER);
  }

  @Test
  void whatNobodyNamesGoesStraight() {
    var scheme = ProxyScheme.byType(Map.of("acme.candles", PROXYTER));
    assertThat(scheme.route(new RequestType("acme", "trades"))).isEqualTo(Route.direct());
  }

  @Test
  void aRouteForNoTypeIsRefused() {
    for (var name : List.of("", ".", "acme.", ".acme", "acme.*", "a b", "a..b"))
      assertThatThrownBy(() -> ProxyScheme.byType(Map.of(name, PROXYTER)))
          .as(name)
          .hasMessage(
              "A route is for a type such as acme.candles, its beginning such as acme, or *,"
                  + " was \"%s\"",
              name);
    assertThatThrownBy(
            () ->
                ProxyScheme.byType(
                    Map.of("acme.openInterest", SPREAD, "acme.open-interest", SPREAD)))
        .hasMessageContaining("There are two routes for acme.open")
        .hasMessageEndingWith("leave one out");
  }

  @Test
  void aTypeIsWrittenInTheLettersThatProxyterKnows() {
    assertThat(new RequestType("acme", "openInterest").label()).isEqualTo("acme.open-interest");
    assertThat(new RequestType("acme", "klines2D").label()).isEqualTo("acme.klines2-d");
    assertThat(new RequestType("ACME", "a$ü").label()).isEqualTo("acme.a__");
  }

  @Test
  void nobodyRotatesUnlessTheUserSaysSo() {
    assertThat(PROXYTER.rotation().isAllowed()).isFalse();
    assertThat(PROXYTER.rotation()).isEqualTo(Rotation.never());
    assertThat(SPREAD.rotation().isAllowed()).isTrue();
    assertThatThrownBy(() -> Rotation.spread(1))
        .hasMessage("A rotation is over 2 to 64 addresses, was 1");
    assertThatThrownBy(() -> Rotation.onBan(65)).hasMessageContaining("was 65");
    assertThatThrownBy(() -> new Rotation(Rotation.Mode.NEVER, 2))
        .hasMessage("Without rotation there is 1 address, was 2");
  }

  @Test
  void secretsAreNeverWrittenOut() {
    var route =
        new Route.Proxyter(
            ADDRESS
                .secret("open-sesame")
                .admin(URI.create("http://127.0.0.1:8889"), Optional.of("token-1")));
    assertThat(route.toString()).isEqualTo("proxyter://127.0.0.1:8888 (one address)");
    assertThat(route.address().admin().toString()).doesNotContain("token-1");
    assertThat(new Route.Proxyter(route.address().inTls()))
        .hasToString("proxyter+tls://127.0.0.1:8888 (one address)");
  }

  @Test
  void anAddressThatCannotBeOneIsRefused() {
    assertThatThrownBy(() -> ProxyterAddress.of("", 1)).hasMessageContaining("host and a port");
    assertThatThrownBy(() -> ProxyterAddress.of("h", 0)).hasMessageContaining("was h:0");
    assertThatThrownBy(() -> ADDRESS.secret("")).hasMessageContaining("leave it out");
    assertThatThrownBy(() -> ADDRESS.admin(URI.create("ftp://h"), Optional.empty()))
        .hasMessageContaining("must look like http://host:port, was ftp://h");
    assertThat(ProxyterAddress.of("::1", 1)).hasToString("[::1]:1");
  }
}
