package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes what a stream tells of a book, on the stream's thread, one call at a time and in order. It
 * must be quick and must not block.
 */
public interface BookSink {
  /**
   * One message.
   *
   * @param update valid only until this returns
   * @param received when it came, in nanoseconds since 1970 UTC by this machine's clock
   */
  void update(BookUpdate update, long received);

  /** Something became of the stream. */
  void state(FeedState state, Instant received);

  /** There will be nothing more; empty if nothing went wrong. */
  void end(Optional<Failure> why);

  /**
   * Whether the stream should stop reading for now, since a reader that must lose nothing is full;
   * {@link Feed.Attachment#relieved} is called when there is room again.
   */
  default boolean isFull() {
    return false;
  }
}
