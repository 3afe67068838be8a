package io.tradeflood.net.stream;

import java.time.Duration;
import java.util.Optional;

/**
 * What a client must send to keep a connection.
 *
 * @param every how often; empty for nothing
 * @param message the text that is sent; empty for a ping frame
 * @param answer the text that comes back and is no JSON; empty for none, or a pong frame
 * @param serverPings how often the exchange's own pings come at most, so that their absence tells
 *     that the connection is dead; empty if it does not ping
 */
public record Keepalive(
    Optional<Duration> every,
    Optional<String> message,
    Optional<String> answer,
    Optional<Duration> serverPings) {
  /** Nothing. */
  public static final Keepalive NONE =
      new Keepalive(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** A text, sent every so often, that is answered by another. */
  public static Keepalive text(String message, String answer, Duration every) {
    return new Keepalive(
        Optional.of(every), Optional.of(message), Optional.of(answer), Optional.empty());
  }

  /** A ping frame every so often. */
  public static Keepalive frames(Duration every) {
    return new Keepalive(Optional.of(every), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The exchange pings, at least so often. */
  public static Keepalive byServer(Duration atLeast) {
    return new Keepalive(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(atLeast));
  }

  /** Whether a text is the answer to a ping. */
  public boolean isAnswer(String text) {
    return answer.filter(text::equals).isPresent();
  }
}
