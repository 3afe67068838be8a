package io.tradeflood.simulator.stream;

import io.tradeflood.simulator.wire.Deflate;
import java.time.Duration;
import java.util.Optional;

/**
 * In what streams are to differ from the exchanges' own. Times pass by the clock of the limits.
 *
 * @param ping how often the server pings
 * @param pong within which time a pong, or what else the exchange wants to hear, must follow
 * @param lifetime how long a connection may live; it is told a fifth of it before the end
 * @param deflate whether messages are compressed for those who ask for it
 */
public record StreamOptions(
    Optional<Duration> ping,
    Optional<Duration> pong,
    Optional<Duration> lifetime,
    Deflate.Policy deflate) {
  /** As the exchanges do it, and compressed for those who ask for it. */
  public static final StreamOptions REAL =
      new StreamOptions(Optional.empty(), Optional.empty(), Optional.empty(), Deflate.Policy.ON);

  public StreamOptions withPing(Duration every) {
    return new StreamOptions(Optional.of(every), pong, lifetime, deflate);
  }

  public StreamOptions withPong(Duration within) {
    return new StreamOptions(ping, Optional.of(within), lifetime, deflate);
  }

  public StreamOptions withLifetime(Duration time) {
    return new StreamOptions(ping, pong, Optional.of(time), deflate);
  }

  public StreamOptions withDeflate(Deflate.Policy policy) {
    return new StreamOptions(ping, pong, lifetime, policy);
  }

  /** An exchange's own rules with these differences. */
  public Rules applied(Rules real) {
    Rules rules =
        new Rules(
            real.ping().flatMap(own -> ping.or(() -> Optional.of(own))),
            pong.orElse(real.pong()),
            real.silence().flatMap(own -> pong.or(() -> Optional.of(own))),
            real.messages(),
            real.streams(),
            real.lifetime(),
            real.notice());
    return real.lifetime().isPresent() ? lifetime.map(rules::withLifetime).orElse(rules) : rules;
  }
}
