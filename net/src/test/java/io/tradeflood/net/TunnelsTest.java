package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.net.Tunnels.Pass;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names of tunnels: each lent to one request, or to a few where a connection takes several. */
class TunnelsTest {
  private static final Address ACME = new Address(true, "api.acme.example", 443, "");
  private static final Route.Proxyter ROUTE =
      new Route.Proxyter(ProxyterAddress.of("127.0.0.1", 8888)).rotate(Rotation.spread(2));
  private static final Egress FIRST = new Egress(ROUTE, new RequestType("acme", "candles"), 1);
  private static final Egress SECOND = new Egress(ROUTE, new RequestType("acme", "candles"), 2);

  private final Tunnels tunnels = new Tunnels("me");

  private Pass take(Egress egress) {
    return tunnels.take(ACME, egress, ROUTE, 0);
  }

  @Test
  void aNameIsLentToOneRequestAndThenToTheNext() {
    var one = take(FIRST);
    var two = take(FIRST);
    assertThat(one.id()).isNotEqualTo(two.id());
    assertThat(one.payload()).isEqualTo("acme.candles,s=acme,sm=hard,id=" + one.id());
    tunnels.giveBack(ACME, FIRST, one, false);
    assertThat(take(FIRST)).isEqualTo(one);
  }

  @Test
  void otherWaysTypesAndAddressesHaveNamesOfTheirOwn() {
    var names = new HashSet<String>();
    for (var egress :
        new Egress[] {FIRST, SECOND, new Egress(ROUTE, new RequestType("acme", "trades"), 1)})
      for (var address : new Address[] {ACME, new Address(true, "other.example", 443, "")}) {
        var pass = tunnels.take(address, egress, ROUTE, 0);
        tunnels.giveBack(address, egress, pass, false);
        names.add(pass.id());
      }
    assertThat(names).hasSize(6);
  }

  @Test
  void aConnectionThatTakesSeveralIsLentToSixteen() {
    var one = take(FIRST);
    tunnels.giveBack(ACME, FIRST, one, true);
    for (int i = 0; i < 16; i++) assertThat(take(FIRST)).isEqualTo(one);
    assertThat(take(FIRST)).isNotEqualTo(one);
    tunnels.giveBack(ACME, FIRST, one, true);
    assertThat(take(FIRST)).isEqualTo(one);
  }

  @Test
  void aTunnelThatIsLeftIsNotLentAgain() {
    var one = take(FIRST);
    tunnels.leave(one.id());
    tunnels.giveBack(ACME, FIRST, one, false);
    assertThat(take(FIRST)).isNotEqualTo(one);
  }

  @Test
  void aWordGoesOnceWithTheNextTunnelToTheSameProxyterBeforeItsTime() {
    var old = take(FIRST);
    tunnels.giveBack(ACME, FIRST, old, false);
    tunnels.tell(ROUTE, "me-0:418:60", 60);
    tunnels.tell(ROUTE, "me-9:429:5", 5);
    var other = new Route.Proxyter(ProxyterAddress.of("127.0.0.2", 8888));
    var elsewhere =
        tunnels.take(ACME, new Egress(other, new RequestType("acme", "candles"), 1), other, 10);
    assertThat(elsewhere.payload()).doesNotContain("fb=");
    // An open tunnel tells nothing: nobody asks Proxyter for it.
    assertThat(tunnels.take(ACME, FIRST, ROUTE, 10)).isEqualTo(old);
    var next = tunnels.take(ACME, SECOND, ROUTE, 10);
    assertThat(next.payload()).endsWith(",id=" + next.id() + ",fb=me-0%3A418%3A60");
    tunnels.giveBack(ACME, SECOND, next, false);
    // Its time is over for the second word, and the first was told.
    assertThat(tunnels.take(ACME, SECOND, ROUTE, 10).payload()).doesNotContain("fb=");
  }

  @Test
  void wordsThatNobodyCarriesStayFew() {
    IntStream.range(0, 1_000).forEach(i -> tunnels.tell(ROUTE, "me-" + i + ":418", 60));
    long carried =
        IntStream.range(0, 1_000)
            .filter(_ -> tunnels.take(ACME, FIRST, ROUTE, 0).payload().contains("fb="))
            .count();
    assertThat(carried).isEqualTo(64);
  }
}
