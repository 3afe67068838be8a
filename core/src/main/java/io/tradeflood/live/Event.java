package io.tradeflood.live;

import java.time.Instant;
import java.util.Optional;

/**
 * What comes out of a feed.
 *
 * @param <M> the model
 */
public sealed interface Event<M> {
  /**
   * When it reached us, UTC by this machine's clock; of a tape, when it reached who recorded it.
   */
  Instant received();

  /**
   * A row. The exchange's own time stands in the row.
   *
   * @param row the row
   * @param received see {@link Event#received}
   * @param sequence its number among the rows that were meant for this reader, from 1: consecutive
   *     but for those that were dropped
   * @param origin how it came: {@code stream}; {@code snapshot} if the exchange told it when the
   *     subscription began, or for the first question; {@code poll} for each later one; {@code
   *     rest} if it was fetched because the stream missed it
   * @param raw the message that it came in, where the reader asked for that
   */
  record Data<M>(M row, Instant received, long sequence, String origin, Optional<String> raw)
      implements Event<M> {}

  /**
   * Something became of the feed.
   *
   * @param state what
   * @param received see {@link Event#received}
   */
  record Status<M>(FeedState state, Instant received) implements Event<M> {}
}
