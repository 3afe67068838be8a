package io.tradeflood;

import io.tradeflood.model.Interval;
import io.tradeflood.model.Query;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A query's record as a form to be filled in with words. */
final class QueryForm {
  private static final Set<String> WINDOW = new TreeSet<>(Set.of("from", "to", "last", "limit"));

  private final Class<? extends Query> type;
  private final QueryRecord<? extends Query> record;
  private final List<RecordComponent> components;

  QueryForm(Class<? extends Query> type) {
    this.type = type;
    this.record = new QueryRecord<>(type);
    this.components = record.components();
  }

  boolean isOf(Class<?> queryType) {
    return type == queryType;
  }

  /** Whether it asks about one instrument. */
  boolean hasSymbol() {
    return has(Symbol.class);
  }

  /** The names of the options that can be written into it, in alphabetical order. */
  Set<String> options() {
    var names = new TreeSet<String>();
    for (RecordComponent component : components) {
      if (component.getType() == Window.class) names.addAll(WINDOW);
      else if (component.getType() == Interval.class) names.add("interval");
      else if (component.getType() != Symbol.class && !isSymbols(component))
        names.add(component.getName());
    }
    return names;
  }

  /** How many of its components the options leave empty. */
  int unfilled(Set<String> given) {
    int unfilled = 0;
    for (RecordComponent component : components) {
      boolean filled =
          component.getType() == Symbol.class
              || isSymbols(component)
              || (component.getType() == Window.class
                  ? WINDOW.stream().anyMatch(given::contains)
                  : given.contains(option(component)));
      if (!filled) unfilled++;
    }
    return unfilled;
  }

  /** The options that it cannot do without and that are not given. */
  List<String> missing(Set<String> given) {
    var missing = new ArrayList<String>();
    for (RecordComponent component : components) {
      Class<?> kind = component.getType();
      boolean needed =
          kind != Symbol.class
              && kind != Window.class
              && kind != Optional.class
              && kind != OptionalInt.class
              && kind != OptionalLong.class
              && kind != boolean.class
              && !isSymbols(component);
      if (needed && !given.contains(option(component))) missing.add(option(component));
    }
    return missing;
  }

  /**
   * Fills it in.
   *
   * @param symbol empty if the query has none
   * @param patterns what of a list is wanted, if the query asks for that
   * @throws IllegalArgumentException if a value cannot be read, or the query does not accept it
   */
  Query fill(
      Optional<Symbol> symbol, List<String> patterns, Map<String, String> options, Instant now) {
    var values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      RecordComponent component = components.get(i);
      if (component.getType() == Symbol.class) values[i] = symbol.orElseThrow();
      else if (isSymbols(component)) values[i] = patterns;
      else if (component.getType() == Window.class) values[i] = window(options, now);
      else values[i] = value(component, Optional.ofNullable(options.get(option(component))));
    }
    return record.make(values);
  }

  private boolean has(Class<?> kind) {
    return components.stream().anyMatch(c -> c.getType() == kind);
  }

  private static boolean isSymbols(RecordComponent component) {
    return component.getName().equals("symbols") && component.getType() == List.class;
  }

  private static String option(RecordComponent component) {
    return component.getType() == Interval.class ? "interval" : component.getName();
  }

  private static Window window(Map<String, String> options, Instant now) {
    var from = Optional.ofNullable(options.get("from")).map(TimeRange::moment);
    var to = Optional.ofNullable(options.get("to")).map(TimeRange::moment);
    var last = Optional.ofNullable(options.get("last"));
    if (last.isPresent() && (from.isPresent() || to.isPresent()))
      throw new IllegalArgumentException(
          "Option last excludes from and to: write either last, or from and to");
    if (last.isPresent()) from = Optional.of(before(now, last.get()));
    OptionalInt limit = OptionalInt.empty();
    if (options.containsKey("limit")) {
      limit = OptionalInt.of(whole("limit", options.get("limit")));
    }
    return new Window(from, to, limit);
  }

  /** So long before: {@code 7d}, {@code 12h}, or ISO-8601 such as {@code P7D}. */
  private static Instant before(Instant now, String length) {
    try {
      if (length.matches("[1-9][0-9]{0,4}M"))
        return now.atOffset(ZoneOffset.UTC)
            .minusMonths(Long.parseLong(length, 0, length.length() - 1, 10))
            .toInstant();
      if (length.matches("[1-9][0-9]{0,4}[smhdw]"))
        return now.minus(Interval.parse(length).duration());
      if (length.startsWith("PT")) return now.minus(Duration.parse(length));
      if (length.startsWith("P"))
        return now.atOffset(ZoneOffset.UTC).minus(Period.parse(length)).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(lengthWords(length), e);
    }
    throw new IllegalArgumentException(lengthWords(length));
  }

  private static String lengthWords(String length) {
    return "Option last must be a length, was \"%s\": write one such as 7d, 12h or 30m"
        .formatted(length);
  }

  private Object value(RecordComponent component, Optional<String> text) {
    String name = option(component);
    Class<?> kind = component.getType();
    if (kind == OptionalInt.class)
      return text.map(t -> OptionalInt.of(whole(name, t))).orElse(OptionalInt.empty());
    if (kind == OptionalLong.class)
      return text.map(t -> OptionalLong.of(large(name, t))).orElse(OptionalLong.empty());
    if (kind == Optional.class) {
      var inner = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
      return text.map(t -> read(name, (Class<?>) inner, t));
    }
    if (kind == boolean.class && text.isEmpty()) return false;
    return read(
        name,
        kind,
        text.orElseThrow(
            () -> new IllegalArgumentException("Option %s is missing: set it".formatted(name))));
  }

  private Object read(String name, Class<?> kind, String text) {
    if (kind == String.class) return text;
    if (kind == int.class || kind == Integer.class) return whole(name, text);
    if (kind == long.class || kind == Long.class) return large(name, text);
    if (kind == Interval.class) return Interval.parse(text);
    if (kind == Symbol.class) return Symbol.of(text);
    if (kind == Instant.class) return TimeRange.moment(text);
    if (kind == LocalDate.class)
      return TimeRange.moment(text).atOffset(ZoneOffset.UTC).toLocalDate();
    if (kind == BigDecimal.class)
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        throw wrong(name, "a number", text);
      }
    if (kind == boolean.class || kind == Boolean.class)
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true", "yes", "" -> true;
        case "false", "no" -> false;
        default -> throw wrong(name, "true or false", text);
      };
    if (kind.isEnum()) return constant(name, kind, text);
    throw new IllegalArgumentException(
        "Option %s cannot be written in words: %s of %s is set by programs only"
            .formatted(name, kind.getSimpleName(), type.getSimpleName()));
  }

  private static Object constant(String name, Class<?> kind, String text) {
    var constants = Arrays.asList(kind.getEnumConstants());
    for (Object constant : constants)
      if (((Enum<?>) constant).name().equalsIgnoreCase(text)) return constant;
    throw wrong(
        name,
        "one of "
            + String.join(
                ", ",
                constants.stream()
                    .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT))
                    .toList()),
        text);
  }

  private static int whole(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number", text);
    }
  }

  private static long large(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number", text);
    }
  }

  private static IllegalArgumentException wrong(String name, String expected, String text) {
    return new IllegalArgumentException(
        "Option %s must be %s, was \"%s\"".formatted(name, expected, text));
  }
}
