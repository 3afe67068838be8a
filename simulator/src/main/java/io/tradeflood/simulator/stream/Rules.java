package io.tradeflood.simulator.stream;

import io.tradeflood.simulator.limit.LimitOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * How an exchange keeps its connections. Times pass by the clock of the limits.
 *
 * @param ping how often the server pings
 * @param pong within which time a pong must follow
 * @param silence for how long a client may leave out what keeps it alive
 * @param messages how many messages a client may send in a second
 * @param streams how many streams a connection may have
 * @param lifetime how long a connection may live
 * @param notice how long before its end it is told
 */
public record Rules(
    Optional<Duration> ping,
    Duration pong,
    Optional<Duration> silence,
    long messages,
    long streams,
    Optional<Duration> lifetime,
    Duration notice) {

  /** The same with limits as they are kept. */
  public Rules limitedBy(LimitOptions limits) {
    return new Rules(
        ping, pong, silence, limits.limit(messages), limits.limit(streams), lifetime, notice);
  }

  public Rules withLifetime(Duration time) {
    return new Rules(ping, pong, silence, messages, streams, Optional.of(time), time.dividedBy(5));
  }
}
