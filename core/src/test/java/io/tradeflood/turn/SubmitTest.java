package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubmitTest {
  private static final int THREADS = 8;
  private static final int TURNS = 5_000;

  @Test
  void turnsThatManyThreadsSubmitAreAllAnswered() throws Exception {
    try (var runner = new TurnRunner();
        var run = runner.start(new TurnScheme());
        var threads = Executors.newFixedThreadPool(THREADS)) {
      Callable<List<Outcome<Integer>>> submits =
          () -> {
            var outcomes = new ArrayList<Outcome<Integer>>();
            for (int i = 0; i < TURNS; i++)
              outcomes.add(run.submit("turn " + i, Turn.now(i).map(n -> n + 1)).outcome());
            return outcomes;
          };
      var all = new ArrayList<Future<List<Outcome<Integer>>>>();
      for (int i = 0; i < THREADS; i++) all.add(threads.submit(submits));
      for (Future<List<Outcome<Integer>>> one : all)
        assertThat(one.get()).allMatch(outcome -> outcome instanceof Outcome.Value<Integer>);
    }
  }
}
