package io.tradeflood;

import io.tradeflood.live.Later;
import io.tradeflood.turn.Ask;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnRunner;
import io.tradeflood.turn.TurnScheme;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Asks together what is asked at about the same time, so that one call may answer for many. */
final class Rounds {
  /** So long a round is open from the first question on. */
  private static final Duration OPEN = Duration.ofMillis(20);

  private final TurnRunner runner;
  private final Later later;

  /** Guards the round that is open, and of all rounds the scheme and how many ask. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Round open;

  Rounds(TurnRunner runner, Later later) {
    this.runner = runner;
    this.later = later;
  }

  private static final class Round {
    final TurnScheme scheme = new TurnScheme();
    final CompletableFuture<TurnRun> run = new CompletableFuture<>();
    int asking;
  }

  /** A question in a round; to be awaited once. */
  final class Question<T> {
    private final Round round;
    private final Ask.One<T> ask;

    private Question(Round round, Ask.One<T> ask) {
      this.round = round;
      this.ask = ask;
    }

    /**
     * The value.
     *
     * @throws Failure if there is none
     */
    T await() throws InterruptedException {
      try {
        var result = round.run.get().result(ask);
        try {
          return result.await();
        } catch (InterruptedException e) {
          result.cancel();
          throw e;
        }
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof IllegalStateException
            ? new Failure.Cancelled(ask.label()) // TradeFlood was closed
            : new Failure.Bug("Asking for " + ask.label() + " failed", failed);
      } finally {
        leave(round);
      }
    }
  }

  /** Asks for the value of a turn in the round that is open, or in a new one. */
  <T> Question<T> ask(String label, Turn<T> turn) {
    lock.lock();
    try {
      Round round = open;
      if (round == null) {
        var begun = new Round();
        open = round = begun;
        later.run(OPEN, () -> start(begun));
      }
      round.asking++;
      return new Question<>(round, round.scheme.ask(label, turn));
    } finally {
      lock.unlock();
    }
  }

  private void start(Round round) {
    lock.lock();
    try {
      open = null;
      if (round.asking > 0) round.run.complete(runner.start(round.scheme));
    } catch (RuntimeException e) { // whatever it is, who asks has to know
      round.run.completeExceptionally(e);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Round round) {
    boolean over;
    lock.lock();
    try {
      over = --round.asking == 0;
    } finally {
      lock.unlock();
    }
    if (over && round.run.isDone() && !round.run.isCompletedExceptionally())
      round.run.join().close();
  }
}
