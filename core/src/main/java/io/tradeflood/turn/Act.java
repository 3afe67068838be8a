package io.tradeflood.turn;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an endpoint describes and a transport does: the only thing in a plan that reaches out. It is
 * done in two steps, so that a run can be recorded and replayed: first the answer is fetched, then
 * it is read.
 *
 * @param <R> the raw answer, a value
 * @param <T> what is read from it
 */
public interface Act<R, T> {

  /** What would be done. Pure: no input, no output, no waiting. */
  Description describe(Call<?> call);

  /** What it subscribes to, if it does. Pure, as {@link #describe}. */
  default Optional<Subscription> subscription(Call<?> call) {
    return Optional.empty();
  }

  /**
   * Does it. Runs on a virtual thread and may block; when interrupted it stops and throws {@link
   * InterruptedException}.
   *
   * @throws Failure if it cannot be done
   */
  R perform(Call<?> call) throws InterruptedException;

  /**
   * Does it, and tells at once when it goes on by another way, so that an {@link Analysis} can say
   * so. What knows one way alone need not know this method.
   *
   * @param moved is told on this thread; must be quick and must not throw
   * @throws Failure if it cannot be done
   */
  default R perform(Call<?> call, Consumer<Move> moved) throws InterruptedException {
    return perform(call);
  }

  /**
   * Reads the answer. Pure.
   *
   * @throws Failure.Unreadable if the answer is not what was expected
   */
  T read(R answer);
}
