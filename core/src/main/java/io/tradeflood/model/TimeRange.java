package io.tradeflood.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A piece of time in UTC: the start belongs to it, the end does not.
 *
 * @param start the first moment inside
 * @param end the first moment after it; never before the start
 */
@AsText
public record TimeRange(Instant start, Instant end) {
  public TimeRange {
    if (end.isBefore(start))
      throw new IllegalArgumentException(
          "The range starts at %s, after its end %s: exchange the two".formatted(start, end));
  }

  /**
   * Reads {@code START/END}, both as {@link #moment} reads them; the end may be a length such as
   * {@code P1D} or {@code PT6H}.
   */
  public static TimeRange parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0)
      throw new IllegalArgumentException(
          "Range \"%s\" has no slash: write START/END, such as 2025-01-01/P1D".formatted(text));
    Instant start = moment(text.substring(0, slash));
    String end = text.substring(slash + 1);
    if (!end.startsWith("P")) return new TimeRange(start, moment(end));
    try {
      return new TimeRange(
          start,
          end.contains("T")
              ? start.plus(Duration.parse(end))
              : start.atOffset(ZoneOffset.UTC).plus(Period.parse(end)).toInstant());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "Length \"%s\" is not ISO-8601: write one such as P1D or PT6H".formatted(end), e);
    }
  }

  /**
   * Reads a moment: a date (its start in UTC), a date and time (UTC unless an offset is written),
   * or milliseconds since 1970.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Instant moment(String text) {
    try {
      if (text.matches("-?[0-9]{9,17}")) return Instant.ofEpochMilli(Long.parseLong(text));
      if (text.length() == 10)
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      String iso = text.replace(' ', 'T');
      return iso.matches(".*T.*([Zz]|[+-][0-9:]+)")
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "Time \"%s\" is not ISO-8601: write one such as 2025-01-01 or 2025-01-01T12:00:00Z"
              .formatted(text),
          e);
    }
  }

  /** Whether no moment lies inside. */
  public boolean isEmpty() {
    return start.equals(end);
  }

  /** Whether the moment lies inside. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(start) && moment.isBefore(end);
  }

  /** Whether the whole of the other range lies inside this one. */
  public boolean contains(TimeRange other) {
    return !other.start.isBefore(start) && !other.end.isAfter(end);
  }

  /** What both have in common; empty if they do not meet or only touch. */
  public Optional<TimeRange> intersection(TimeRange other) {
    Instant from = start.isAfter(other.start) ? start : other.start;
    Instant to = end.isBefore(other.end) ? end : other.end;
    return from.isBefore(to) ? Optional.of(new TimeRange(from, to)) : Optional.empty();
  }

  /** The length of the range. */
  public Duration duration() {
    return Duration.between(start, end);
  }

  @Override
  public String toString() {
    return start + "/" + end;
  }
}
