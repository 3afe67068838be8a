package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import org.junit.jupiter.api.Test;

class HomesTest {
  private static final Rotation SPREAD = Rotation.spread(3);
  private final Homes homes = new Homes();

  private static Egress way(int rank) {
    var route = new Route.Proxyter(ProxyterAddress.of("127.0.0.1", 8888)).rotate(SPREAD);
    return new Egress(route, new RequestType("acme", "candles"), rank);
  }

  @Test
  void theLaterOfTwoWaysThatLeaveByOneProxyYields() {
    assertThat(homes.seen(way(3), SPREAD, "a")).isEmpty();
    assertThat(homes.seen(way(1), SPREAD, "a")).isEmpty();
    assertThat(homes.seen(way(2), SPREAD, "b")).isEmpty();
    assertThat(homes.seen(way(3), SPREAD, "a")).contains(way(1).key());
    assertThat(homes.seen(way(3), SPREAD, "c")).isEmpty();
  }

  @Test
  void oneAtATimeMayLeaveByAnyProxy() {
    assertThat(homes.seen(way(1), Rotation.onBan(3), "a")).isEmpty();
    assertThat(homes.seen(way(2), Rotation.onBan(3), "a")).isEmpty();
  }
}
