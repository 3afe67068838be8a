package io.tradeflood.live;

import java.time.Instant;
import java.util.Optional;

/**
 * How rows came.
 *
 * @param received when, UTC by this machine's clock
 * @param origin see {@link Event.Data#origin}
 * @param raw the message, if any sink {@link FeedSink#wantsRaw wants} it
 */
public record Arrival(Instant received, String origin, Optional<String> raw) {
  /** By the stream itself. */
  public static final String STREAM = "stream";

  /** Told by the exchange when the subscription began: it may repeat the past. */
  public static final String SNAPSHOT = "snapshot";

  /** Asked for again. */
  public static final String POLL = "poll";

  /** Fetched, since the stream missed it. */
  public static final String REST = "rest";

  /** By the stream itself, without the message. */
  public static Arrival stream(Instant received) {
    return new Arrival(received, STREAM, Optional.empty());
  }
}
