package io.tradeflood.bench.turn;

import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import io.tradeflood.turn.TurnRunner;
import io.tradeflood.turn.TurnScheme;
import io.tradeflood.turn.Turns;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoaderFactory;

/** Who does the work: from the calls as a program makes them to the value of each. */
enum TurnSide {
  OURS {
    @Override
    long run(int calls) throws InterruptedException {
      var values = Turns.implement(Values.class, "bench.values", (_, _) -> "nothing");
      int distinct = calls / 10;
      var turns = new ArrayList<Turn<Long>>(calls);
      for (int i = 0; i < calls; i++) turns.add(values.value("BTC/USDT", i % distinct));
      var scheme = new TurnScheme();
      var all = scheme.ask("all", Turn.all(turns));
      long sum = 0;
      try (var runner = new TurnRunner();
          var run = runner.start(scheme)) {
        for (long value : run.result(all).await()) sum += value;
      }
      return sum;
    }
  },
  DATALOADER {
    @Override
    long run(int calls) {
      var loader =
          DataLoaderFactory.<Key, Long>newDataLoader(
              keys ->
                  CompletableFuture.completedFuture(
                      keys.stream().map(key -> (long) key.number()).toList()));
      int distinct = calls / 10;
      var futures = new ArrayList<CompletableFuture<Long>>(calls);
      for (int i = 0; i < calls; i++) futures.add(loader.load(new Key("BTC/USDT", i % distinct)));
      var dispatched = loader.dispatch();
      long sum = 0;
      for (var future : futures) sum += future.join();
      if (dispatched.join().size() != distinct)
        throw new IllegalStateException("java-dataloader loaded some keys more than once");
      return sum;
    }
  };

  /** Endpoints that do next to nothing. */
  interface Values {
    @TurnExecution
    default Turn<Long> value(String symbol, int number) {
      return Turn.now((long) number);
    }
  }

  private record Key(String symbol, int number) {}

  /** Does it; the sum of all values. */
  abstract long run(int calls) throws InterruptedException;

  /** What {@link #run} has to give. */
  static long sum(int calls) {
    long distinct = calls / 10;
    return 10 * distinct * (distinct - 1) / 2;
  }
}
