package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class EgressTest {
  private static final ProxyterAddress ADDRESS =
      ProxyterAddress.of("127.0.0.1", 8888).secret("open-sesame");

  /** As docs/proxyter-protocol.md has it. */
  private static final String GRAMMAR =
      "[a-z0-9_-]++(\\.[a-z0-9_-]++)*+" + "(,[a-z]++=([A-Za-z0-9._~+-]++|(%[0-9A-F]{2})++)++)*+";

  @Property(tries = 300)
  void whateverNamesThereAreTheyAreWrittenByTheGrammar(
      @ForAll @StringLength(min = 1, max = 40) String exchange,
      @ForAll @StringLength(min = 1, max = 40) String endpoint,
      @ForAll @Size(max = 3) List<@StringLength(min = 1, max = 40) String> groups) {
    var route = new Route.Proxyter(ADDRESS, Rotation.spread(2), groups, groups);
    var type = new RequestType(exchange.replace('.', '-'), endpoint.replace('.', '-'));
    for (var egress : Egress.of(route, type))
      assertThat(egress.payload(route, "me-1", Optional.of("me-0:418:60"))).matches(GRAMMAR);
  }

  @Test
  void aRotationHasAWayForEachAddressAndEachItsKey() {
    var type = new RequestType("acme", "candles");
    var spread = new Route.Proxyter(ADDRESS).rotate(Rotation.spread(3));
    assertThat(Egress.of(spread, type))
        .extracting(Egress::key)
        .isEqualTo(
            List.of(
                "proxyter://127.0.0.1:8888/s=acme",
                "proxyter://127.0.0.1:8888/s=acme,sr=2",
                "proxyter://127.0.0.1:8888/s=acme,sr=3"));
    assertThat(Egress.of(new Route.Proxyter(ADDRESS), type)).hasSize(1);
    assertThat(Egress.of(Route.direct(), type))
        .singleElement()
        .hasToString("direct")
        .extracting(Egress::key)
        .isEqualTo("direct");
  }

  @Test
  void theTypesOfAnExchangeShareTheirAddressesWhateverTheRotation() {
    var keys =
        List.of(Rotation.never(), Rotation.onBan(2), Rotation.spread(4)).stream()
            .map(rotation -> new Route.Proxyter(ADDRESS).rotate(rotation))
            .map(route -> Egress.of(route, new RequestType("acme", "t" + route.hashCode())))
            .map(ways -> ways.getFirst().key())
            .collect(Collectors.toSet());
    assertThat(keys).hasSize(1);
  }

  @Test
  void noSecretIsWrittenOut() {
    var egress = Egress.of(new Route.Proxyter(ADDRESS), new RequestType("acme", "candles"));
    assertThat(egress.toString() + egress.getFirst().planned() + egress.getFirst().key())
        .doesNotContain("sesame");
  }
}
