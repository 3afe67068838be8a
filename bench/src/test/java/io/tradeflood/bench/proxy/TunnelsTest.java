package io.tradeflood.bench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The clients and the ground of the benchmark, without a proxy between them. */
class TunnelsTest {
  @Test
  void clientsAreServedByAHealthyUpstreamAndToldWhatAFaultyOneSays()
      throws IOException, InterruptedException {
    try (var stand = Companion.start(Stand.class);
        var load = Companion.start(Load.class)) {
      String[] ports = stand.ask("ports");
      String healthy = "setups %s up:stream 9 8 100 20".formatted(ports[0]);
      String[] served = load.ask(healthy);
      assertThat(Integer.parseInt(served[0])).isGreaterThanOrEqualTo(100);
      assertThat(served[1]).isEqualTo("0");
      assertThat(Integer.parseInt(stand.ask("served")[0])).isGreaterThanOrEqualTo(100);

      String[] strangers = load.ask("setups %s up:wrong 9 4 100 0.3".formatted(ports[0]));
      assertThat(strangers[0]).isEqualTo("0");
      assertThat(strangers[6]).contains("407");

      assertThat(stand.ask("fault 0 DENIES")).containsExactly("done");
      String[] denied = load.ask("setups %s up:stream 9 4 100 0.3".formatted(ports[0]));
      assertThat(denied[0]).isEqualTo("0");
      assertThat(denied[6]).contains("403");

      stand.ask("fault 0 REFUSES");
      String[] refused = load.ask("setups %s up:stream 9 4 100 0.3".formatted(ports[0]));
      assertThat(refused[0]).isEqualTo("0");
      assertThat(refused[6]).contains("no_connection");

      stand.ask("fault 0 NONE");
      assertThat(load.ask(healthy)[1]).isEqualTo("0");

      String[] held = load.ask("idle %s up:stream 9 20".formatted(ports[0]));
      assertThat(held[0]).isEqualTo("20");
      assertThat(load.ask("release")[0]).isEqualTo("20");
    }
  }
}
