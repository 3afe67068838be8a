package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes what a feed brings, on the thread that brings it, one call at a time and in order. It must
 * be quick and must not block: other feeds wait meanwhile. Most want a {@link FeedReader} instead.
 *
 * @param <M> the model
 */
public interface FeedSink<M> {
  /**
   * The rows of one message, in their order.
   *
   * @param rows at least one
   */
  void rows(List<? extends M> rows, Arrival arrival);

  /** Something became of the feed. */
  void state(FeedState state, Instant received);

  /**
   * There will be nothing more.
   *
   * @param why what went wrong; empty if nothing did
   */
  void end(Optional<Failure> why);

  /** Whether it wants the messages with the rows. */
  default boolean wantsRaw() {
    return false;
  }

  /** Whether the feed's source should stop reading for now, see {@link Overflow#BLOCK}. */
  default boolean isFull() {
    return false;
  }
}
