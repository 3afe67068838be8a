package io.tradeflood.net;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {
  /** Those who write seconds may have rounded them down. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  private RetryAfter() {}

  /** How long to wait from the answer on; empty if it does not say, or not in a readable way. */
  static Optional<Duration> of(HttpReply reply) {
    return reply.header("retry-after").map(String::strip).flatMap(text -> read(text, reply));
  }

  private static Optional<Duration> read(String text, HttpReply reply) {
    if (text.matches("[0-9]{1,9}"))
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)).plus(ROUNDING));
    Instant now = reply.header("date").flatMap(RetryAfter::date).orElse(reply.received());
    return date(text)
        .map(until -> Duration.between(now, until))
        .map(wait -> wait.isNegative() ? ROUNDING : wait.plus(ROUNDING));
  }

  /** A date as HTTP writes them. */
  static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
