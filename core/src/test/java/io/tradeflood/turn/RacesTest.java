package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that start, join, leave and end at the same moment, many times over. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RacesTest {
  private static final int ROUNDS = 300;

  /** Counts what goes out and what ends, and dies if one call is ever out twice at once. */
  record Slow(int number, Counts counts) implements Act<Integer, Integer> {
    @Override
    public Description describe(Call<?> call) {
      return Description.of("slow " + number);
    }

    @Override
    public Integer perform(Call<?> call) throws InterruptedException {
      counts.begun.incrementAndGet();
      if (!counts.out.add(call.toString())) counts.twice.incrementAndGet();
      try {
        LockSupport.parkNanos(number * 20_000L); // for as long as a quick answer takes
        if (Thread.interrupted()) throw new InterruptedException();
        return number;
      } finally {
        counts.out.remove(call.toString());
        counts.ended.incrementAndGet();
      }
    }

    @Override
    public Integer read(Integer answer) {
      return answer;
    }
  }

  static final class Counts {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    final AtomicInteger twice = new AtomicInteger();
    final Set<String> out = ConcurrentHashMap.newKeySet();
  }

  interface Source {
    Counts counts();

    @TurnExecution
    default Turn<Integer> slow(int number) {
      return Turn.of(new Slow(number, counts()));
    }

    @TurnExecution
    default Turn<Integer> after(int number, Turn<Integer> first) {
      return first.then(_ -> Turn.of(new Slow(number, counts())));
    }
  }

  private final Counts counts = new Counts();
  private final Source source = Turns.implement(Source.class, "acme.slow", (_, _) -> counts);

  private Turn<Integer> turn() {
    var turns = new ArrayList<Turn<Integer>>();
    for (int i = 0; i < 4; i++) turns.add(source.slow(i));
    for (int i = 4; i < 8; i++) turns.add(source.after(i, source.slow(i - 4)));
    return Turn.all(turns).map(numbers -> numbers.stream().mapToInt(n -> n).sum());
  }

  @Test
  void runsThatStayGetTheirValuesWhoeverElseLeaves() throws Exception {
    try (var runner = new TurnRunner();
        var threads = Executors.newCachedThreadPool()) {
      for (int round = 0; round < ROUNDS; round++) {
        var together = new CyclicBarrier(4);
        var all = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 4; i++) {
          boolean leaves = i % 2 == 1;
          all.add(
              threads.submit(
                  () -> {
                    var scheme = new TurnScheme();
                    var ask = scheme.ask("asker", turn());
                    together.await();
                    try (var run = runner.start(scheme)) {
                      if (leaves) return 28; // closes at once
                      return run.result(ask).await();
                    }
                  }));
        }
        for (var each : all) assertThat(each.get()).isEqualTo(28);
      }
    }
    assertThat(counts.ended).hasValue(counts.begun.get());
  }

  @Test
  void askersThatStayGetTheirValuesWhoeverElseLeavesTheRun() throws Exception {
    try (var runner = new TurnRunner();
        var threads = Executors.newCachedThreadPool()) {
      for (int round = 0; round < ROUNDS; round++) {
        var scheme = new TurnScheme();
        var asks =
            List.of(scheme.ask("a", turn()), scheme.ask("b", turn()), scheme.ask("c", turn()));
        var together = new CyclicBarrier(4);
        try (var run = runner.start(scheme)) {
          var leaver =
              threads.submit(
                  () -> {
                    together.await();
                    run.result(asks.get(1)).cancel();
                    return 28;
                  });
          var late =
              threads.submit(
                  () -> {
                    together.await();
                    return run.submit("late", turn()).await();
                  });
          var brief =
              threads.submit(
                  () -> {
                    together.await();
                    run.submit("brief", source.after(7, source.slow(6))).cancel();
                    return 28;
                  });
          together.await();
          for (var each : List.of(leaver, late, brief)) assertThat(each.get()).isEqualTo(28);
          assertThat(run.result(asks.get(0)).await()).isEqualTo(28);
          assertThat(run.result(asks.get(2)).await()).isEqualTo(28);
        }
      }
    }
    assertThat(counts.ended).hasValue(counts.begun.get());
    assertThat(counts.twice).hasValue(0);
  }

  @Test
  void everyAskerEndsWhenTheRunIsClosedUnderIt() throws Exception {
    try (var runner = new TurnRunner();
        var threads = Executors.newCachedThreadPool()) {
      for (int round = 0; round < ROUNDS; round++) {
        var scheme = new TurnScheme();
        var ask = scheme.ask("asker", turn());
        var pages = scheme.each("pages", IntStream.range(0, 8).mapToObj(source::slow).toList());
        var together = new CyclicBarrier(3);
        var run = runner.start(scheme, RunOptions.standard().ahead(2).parallelism(3));
        var one =
            threads.submit(
                () -> {
                  together.await();
                  return run.result(ask).outcome();
                });
        var other =
            threads.submit(
                () -> {
                  together.await();
                  var results = run.results(pages);
                  int count = 0;
                  for (; results.hasNext(); count++) results.next();
                  return count;
                });
        together.await();
        run.close();
        assertThat(counts.ended).hasValue(counts.begun.get());
        assertThat(one.get()).isNotNull();
        assertThat(other.get()).isEqualTo(8);
      }
    }
    assertThat(counts.twice).hasValue(0);
  }
}
