package io.tradeflood.net;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The moments that requests name: those of a tape's time. What is fetched behind a break reaches up
 * to the moment when it is asked for, and may want as many rows as that makes.
 *
 * @param from the first moment, in nanoseconds since 1970
 * @param to the last one
 */
record TapeMoments(long from, long to) {
  /** How far the moments of two requests may be apart that ask for the same, in nanoseconds. */
  static final long NEAR = Duration.ofSeconds(5).toNanos();

  /** How far from a tape's time its moments may lie. */
  private static final long AROUND = Duration.ofDays(1).toNanos();

  private static final Set<String> COUNTS = Set.of("limit", "count");
  private static final Pattern COUNT = Pattern.compile("\\d{1,6}");
  private static final Pattern NUMBER = Pattern.compile("\\d{10,19}([.]\\d{1,9})?");
  private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.+");

  /** Seconds since 1970 have so many digits. */
  private static final int SECONDS = 10;

  /** Of a tape that begins and ends then. */
  static TapeMoments around(long begin, long end) {
    return new TapeMoments(begin - AROUND, end + AROUND);
  }

  /** The moments of a request as nanoseconds since 1970, in their order. */
  List<Long> in(String request) {
    var moments = new ArrayList<Long>();
    TapeText.withValues(
        request,
        (name, value) -> {
          moment(name, value).ifPresent(moments::add);
          return value;
        });
    return moments;
  }

  /** A request without its moments, and without how many rows it wants. */
  String without(String request) {
    return TapeText.withValues(
        request,
        (name, value) ->
            COUNTS.contains(name) && COUNT.matcher(value).matches()
                    || moment(name, value).isPresent()
                ? "*"
                : value);
  }

  /** Numbers of the same length may be names of rows. */
  private Optional<Long> moment(String name, String value) {
    if (name.toLowerCase(Locale.ROOT).contains("id")) return Optional.empty();
    return moment(value).filter(nanos -> nanos >= from && nanos <= to);
  }

  /** Seconds since 1970 or parts of them by the number of digits, or a text of ISO 8601. */
  private static Optional<Long> moment(String value) {
    try {
      if (NUMBER.matcher(value).matches()) {
        var number = new BigDecimal(value);
        int thousands = (number.precision() - number.scale() - SECONDS) / 3;
        return Optional.of(
            number.movePointRight(9 - 3 * thousands).toBigInteger().longValueExact());
      }
      return ISO.matcher(value).matches()
          ? Optional.of(
              TapeText.nanos(Instant.parse(URLDecoder.decode(value, StandardCharsets.UTF_8))))
          : Optional.empty();
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      return Optional.empty(); // no moment of these centuries
    }
  }
}
