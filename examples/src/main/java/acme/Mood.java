package acme;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A model of one's own: how Acme's users see an instrument.
 *
 * @param time when they were asked, UTC
 * @param bulls the part that expects it to rise, 0 to 1
 * @param bears the part that expects it to fall, 0 to 1
 * @param word what most of them say, if they say anything
 */
public record Mood(Instant time, BigDecimal bulls, BigDecimal bears, Optional<String> word) {}
