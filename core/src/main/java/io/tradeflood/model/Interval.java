package io.tradeflood.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * The length of a bar, and with it the grid on which bars lie, in UTC: weeks start on Monday,
 * months on their first day, everything else counts from 1970-01-01T00:00Z.
 *
 * <p>Written as a number and a unit: {@code 1s 1m 3m 1h 1d 3d 1w 1M}; {@code m} is a minute, {@code
 * M} a month. Any length is a value here; which ones an exchange knows is the binding's to say.
 *
 * @param length how many units, at least 1
 * @param unit the unit
 */
@AsText
public record Interval(int length, Unit unit) implements Comparable<Interval> {

  /** The unit of an interval, with the letter that stands for it. */
  public enum Unit {
    SECOND('s', 1),
    MINUTE('m', 60),
    HOUR('h', 3_600),
    DAY('d', 86_400),
    WEEK('w', 604_800),
    MONTH('M', 2_629_746);

    private final char letter;
    private final long seconds;

    Unit(char letter, long seconds) {
      this.letter = letter;
      this.seconds = seconds;
    }
  }

  public static final Interval S1 = new Interval(1, Unit.SECOND);
  public static final Interval M1 = new Interval(1, Unit.MINUTE);
  public static final Interval M3 = new Interval(3, Unit.MINUTE);
  public static final Interval M5 = new Interval(5, Unit.MINUTE);
  public static final Interval M15 = new Interval(15, Unit.MINUTE);
  public static final Interval M30 = new Interval(30, Unit.MINUTE);
  public static final Interval H1 = new Interval(1, Unit.HOUR);
  public static final Interval H2 = new Interval(2, Unit.HOUR);
  public static final Interval H4 = new Interval(4, Unit.HOUR);
  public static final Interval H6 = new Interval(6, Unit.HOUR);
  public static final Interval H8 = new Interval(8, Unit.HOUR);
  public static final Interval H12 = new Interval(12, Unit.HOUR);
  public static final Interval D1 = new Interval(1, Unit.DAY);
  public static final Interval D3 = new Interval(3, Unit.DAY);
  public static final Interval W1 = new Interval(1, Unit.WEEK);

  /** One calendar month. */
  public static final Interval MONTH1 = new Interval(1, Unit.MONTH);

  /** The lengths that exchanges commonly know, shortest first. */
  public static final List<Interval> COMMON =
      List.of(S1, M1, M3, M5, M15, M30, H1, H2, H4, H6, H8, H12, D1, D3, W1, MONTH1);

  /** The first Monday of the epoch, the origin of weeks. */
  private static final long FIRST_MONDAY = 4 * 86_400L;

  public Interval {
    if (length < 1 || length > 100_000)
      throw new IllegalArgumentException(
          "An interval's length must be 1 to 100000, was " + length + ": write it like 1m or 4h");
  }

  /**
   * Reads an interval as users write it.
   *
   * @throws IllegalArgumentException if the text is not a number followed by one of s m h d w M
   */
  public static Interval parse(String text) {
    if (text.matches("[1-9][0-9]{0,4}[smhdwM]"))
      for (Unit unit : Unit.values())
        if (unit.letter == text.charAt(text.length() - 1))
          return new Interval(Integer.parseInt(text, 0, text.length() - 1, 10), unit);
    throw new IllegalArgumentException(
        "Interval \"%s\" is not a number and a unit: write one of %s"
            .formatted(text, String.join(" ", COMMON.stream().map(Interval::toString).toList())));
  }

  /** The start of the bar that holds the moment. */
  public Instant floor(Instant moment) {
    if (unit == Unit.MONTH) return month(Math.floorDiv(monthOf(moment), length));
    long origin = unit == Unit.WEEK ? FIRST_MONDAY : 0;
    long step = length * unit.seconds;
    return Instant.ofEpochSecond(
        Math.floorDiv(moment.getEpochSecond() - origin, step) * step + origin);
  }

  /** The first start of a bar at or after the moment. */
  public Instant ceil(Instant moment) {
    Instant floor = floor(moment);
    return floor.equals(moment) ? floor : next(floor);
  }

  /** The end of the bar that holds the moment, which is the start of the one after it. */
  public Instant next(Instant moment) {
    return plus(floor(moment), 1);
  }

  /** The start of a bar so many bars later, or earlier if negative. */
  public Instant plus(Instant start, long bars) {
    if (unit == Unit.MONTH) return month(Math.floorDiv(monthOf(start), length) + bars);
    return start.plusSeconds(Math.multiplyExact(bars, length * unit.seconds));
  }

  /** How many bars start in the range. */
  public long count(TimeRange range) {
    return Math.max(0, index(ceil(range.end())) - index(ceil(range.start())));
  }

  /** The number of the bar that holds the moment, counted along the grid from the epoch. */
  public long index(Instant moment) {
    if (unit == Unit.MONTH) return Math.floorDiv(monthOf(moment), length);
    long origin = unit == Unit.WEEK ? FIRST_MONDAY : 0;
    return Math.floorDiv(moment.getEpochSecond() - origin, length * unit.seconds);
  }

  /** The start of the bar with the number; the inverse of {@link #index}. */
  public Instant at(long index) {
    if (unit == Unit.MONTH) return month(index);
    long origin = unit == Unit.WEEK ? FIRST_MONDAY : 0;
    return Instant.ofEpochSecond(index * length * unit.seconds + origin);
  }

  /** The length of a bar; of months, the average. */
  public Duration duration() {
    return Duration.ofSeconds(length * unit.seconds);
  }

  /** The length of the longest bar, which of months is one with 31 days. */
  public Duration longest() {
    return unit == Unit.MONTH ? Duration.ofDays(31L * length) : duration();
  }

  private Instant month(long index) {
    long months = index * length;
    return LocalDate.of(
            Math.toIntExact(1970 + Math.floorDiv(months, 12)), Math.floorMod(months, 12) + 1, 1)
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC);
  }

  private static long monthOf(Instant moment) {
    var date = YearMonth.from(moment.atOffset(ZoneOffset.UTC));
    return (date.getYear() - 1970) * 12L + date.getMonthValue() - 1;
  }

  @Override
  public int compareTo(Interval other) {
    return Long.compare(length * unit.seconds, other.length * other.unit.seconds);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d%c", length, unit.letter);
  }
}
