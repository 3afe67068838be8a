package io.tradeflood.proxyter.admin;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as they are written in the configuration, such as {@code 30s}. */
final class Lengths {
  private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Lengths() {}

  /** Empty if it is none; capitals are as good, as exchanges write {@code 1M} for a minute. */
  static Optional<Duration> read(String text) {
    Matcher m = LENGTH.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!m.matches()) return Optional.empty();
    long amount = Long.parseLong(m.group(1));
    return Optional.of(
        switch (m.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  static Duration parameter(String name, String text) {
    return read(text)
        .filter(length -> length.compareTo(Duration.ofDays(1)) <= 0)
        .orElseThrow(
            () ->
                Problem.of(
                    400,
                    "parameter '%s' is '%s': expected a length such as 30s, at most 24h"
                        .formatted(name, Call.shortened(text))));
  }
}
