package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FlightTest {
  private final Outside outside = new Outside();
  private final Call<?> call = (Call<?>) Acme.of(outside).page("BTC", 1);

  @Test
  void whatEverybodyLeftBeforeItBeganDoesNotGoOut() throws Throwable {
    try (var runner = new TurnRunner()) {
      var run = runner.start(new TurnScheme());
      var node = new Node(run, call, new Result<>(run, "asker"), false, Node.KEEP);
      var effect = (Turn.Effect<?, ?>) call.body();
      var walk = new Walk(run, node.first, node, 0, node, true, true, effect);
      var acting = new Acting(run, walk, node, effect.act(), 0, Instant.EPOCH);
      var flight = new Flight(runner.flights(), null, acting, Instant.EPOCH);

      flight.leave(acting);
      flight.launch();
      run.close(); // waits until it has ended

      assertThat(outside.asked).isEmpty();
    }
  }
}
