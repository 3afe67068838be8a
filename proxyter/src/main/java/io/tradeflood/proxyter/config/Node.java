package io.tradeflood.proxyter.config;

import io.tradeflood.proxyter.limit.Limit.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the document while it is read. Each key is read once; what nobody has read at the end
 * is unknown. Problems are collected, not thrown, so that all are told at once.
 */
final class Node {
  private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|m|h|d)");
  private static final Pattern PACE =
      Pattern.compile("([0-9]+)\\s*/\\s*([0-9.]*\\s*(?:ms|s|m|h|d))(?:\\s+(.*))?");

  private final String path;
  private final Map<String, Object> values;
  private final List<String> problems;

  Node(String path, Map<?, ?> values, List<String> problems) {
    this.path = path;
    this.problems = problems;
    this.values = new LinkedHashMap<>();
    values.forEach((key, value) -> this.values.put(String.valueOf(key), value));
  }

  void problem(String words) {
    problems.add(words);
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Says which keys nobody has read. */
  void end(String known) {
    for (String key : values.keySet())
      problem("%s is unknown: expected %s".formatted(path(key), known));
  }

  Set<String> keys() {
    return new LinkedHashSet<>(values.keySet());
  }

  /** Whether the key is there and nobody has read it. */
  boolean has(String key) {
    return values.get(key) != null;
  }

  private @Nullable Object take(String key) {
    return values.remove(key);
  }

  /** The node under the key; an empty one if there is none. */
  Node node(String key) {
    Object value = take(key);
    if (value == null) return new Node(path(key), Map.of(), problems);
    if (value instanceof Map<?, ?> map) return new Node(path(key), map, problems);
    problem("%s is %s: expected keys with values".formatted(path(key), kind(value)));
    return new Node(path(key), Map.of(), problems);
  }

  /** A node for each key under the key. */
  <T> Map<String, T> nodes(String key, Function<Node, T> read) {
    Node parent = node(key);
    var all = new LinkedHashMap<String, T>();
    for (String name : parent.keys()) {
      Node child = parent.node(name);
      read(() -> all.put(name, read.apply(child)));
    }
    return all;
  }

  /** A node for each entry of the list, or of the map by id, under the key. */
  <T> List<T> entries(String key, Function<Node, T> read) {
    var all = new ArrayList<T>();
    if (values.get(key) instanceof Map<?, ?>) {
      Node parent = node(key);
      for (String id : parent.keys()) read(() -> all.add(read.apply(parent.entry(id))));
      return all;
    }
    int index = 0;
    for (Object value : list(key)) {
      String place = path(key) + "[" + index++ + "]";
      if (value instanceof Map<?, ?> map)
        read(() -> all.add(read.apply(new Node(place, map, problems))));
      else if (value instanceof String text)
        read(() -> all.add(read.apply(new Node(place, Map.of("url", text), problems))));
      else problem("%s is %s: expected keys with values".formatted(place, kind(value)));
    }
    return all;
  }

  /** The entry of the id, which it has under {@code id}, too. */
  private Node entry(String id) {
    if (values.get(id) instanceof String url) values.put(id, Map.of("url", url));
    Node entry = node(id);
    Object own = entry.values.put("id", id);
    if (own != null && !own.equals(id))
      problem("%s has the id %s: expected one id".formatted(path(id), shown(own)));
    return entry;
  }

  /** What a value is, without the value: a secret may be in it. */
  private static String kind(Object value) {
    if (value instanceof List) return "a list";
    if (value instanceof Map) return "a structure";
    return value instanceof Number ? "a number" : "a text";
  }

  private static String shown(@Nullable Object value) {
    return value instanceof List || value instanceof Map ? kind(value) : "'" + value + "'";
  }

  private void read(Runnable work) {
    try {
      work.run();
    } catch (IllegalArgumentException e) {
      problem(String.valueOf(e.getMessage()));
    }
  }

  private List<?> list(String key) {
    Object value = take(key);
    if (value == null) return List.of();
    return value instanceof List<?> list ? list : List.of(value);
  }

  Optional<String> text(String key) {
    Object value = take(key);
    if (value instanceof Map || value instanceof List) {
      problem("%s is a structure: expected a text".formatted(path(key)));
      return Optional.empty();
    }
    return Optional.ofNullable(value).map(String::valueOf);
  }

  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    for (Object value : list(key))
      if (value instanceof Map || value instanceof List)
        problem("%s holds %s: expected texts".formatted(path(key), kind(value)));
      else texts.add(String.valueOf(value));
    return List.copyOf(texts);
  }

  boolean flag(String key, boolean otherwise) {
    Object value = take(key);
    if (value == null) return otherwise;
    if (value instanceof Boolean flag) return flag;
    problem("%s is %s: expected true or false".formatted(path(key), shown(value)));
    return otherwise;
  }

  OptionalLong number(String key, long least, long most) {
    Object value = take(key);
    if (value == null) return OptionalLong.empty();
    if (value instanceof Number number
        && number.doubleValue() == number.longValue()
        && number.longValue() >= least
        && number.longValue() <= most) return OptionalLong.of(number.longValue());
    problem(
        "%s is %s: expected a whole number from %d to %d"
            .formatted(path(key), shown(value), least, most));
    return OptionalLong.empty();
  }

  int number(String key, long least, long most, int otherwise) {
    return (int) number(key, least, most).orElse(otherwise);
  }

  double decimal(String key, double least, double most, double otherwise) {
    Object value = take(key);
    if (value == null) return otherwise;
    if (value instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) return number.doubleValue();
    problem(
        "%s is %s: expected a number from %s to %s"
            .formatted(path(key), shown(value), least, most));
    return otherwise;
  }

  Set<Integer> numbers(String key, Set<Integer> otherwise) {
    List<?> values = list(key);
    if (values.isEmpty()) return otherwise;
    var numbers = new LinkedHashSet<Integer>();
    for (Object value : values)
      if (value instanceof Integer number && number > 0) numbers.add(number);
      else problem("%s holds %s: expected whole numbers".formatted(path(key), shown(value)));
    return numbers;
  }

  Optional<Duration> duration(String key) {
    Optional<Duration> length = text(key).flatMap(text -> duration(path(key), text));
    if (length.filter(Duration::isZero).isEmpty()) return length;
    problem("%s is nothing: expected a length such as 300ms, 10s or 5m".formatted(path(key)));
    return Optional.empty();
  }

  /** A length that may be nothing. */
  Duration durationOrZero(String key, Duration otherwise) {
    return text(key).flatMap(text -> duration(path(key), text)).orElse(otherwise);
  }

  Duration duration(String key, Duration otherwise) {
    return duration(key).orElse(otherwise);
  }

  private Optional<Duration> duration(String place, String text) {
    Matcher m = DURATION.matcher(text.strip());
    if (!m.matches()) {
      problem("%s is '%s': expected a length such as 300ms, 10s or 5m".formatted(place, text));
      return Optional.empty();
    }
    double unit =
        switch (m.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 86_400_000;
        };
    return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(m.group(1)) * unit)));
  }

  /** A value that its own type reads. */
  <T> Optional<T> parsed(String key, Function<String, T> parse) {
    Optional<String> text = text(key);
    try {
      return text.map(parse);
    } catch (IllegalArgumentException e) {
      problem(path(key) + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The limits under the key. */
  LimitSet limits(String key) {
    Node node = node(key);
    if (node.keys().isEmpty()) return LimitSet.NONE;
    var paced = new ArrayList<Spec>();
    for (String text : node.texts("rate"))
      node.pace("rate", text)
          .ifPresent(
              p -> paced.add(new Spec.Rate(p.amount(), p.per(), p.extra("burst").orElse(1))));
    for (String text : node.texts("window"))
      node.pace("window", text)
          .ifPresent(p -> paced.add(new Spec.Window(p.amount(), p.per(), p.has("rolling"))));
    var set =
        new LimitSet(
            node.number("tunnels", 1, 10_000_000),
            node.number("setups", 1, 10_000_000),
            paced,
            node.number("bytesPerSecond", 1_000, Long.MAX_VALUE));
    node.end("tunnels, setups, rate, window, bytesPerSecond");
    return set;
  }

  private record Pace(long amount, Duration per, String words) {
    boolean has(String word) {
      return words.equals(word);
    }

    OptionalLong extra(String word) {
      Matcher m = Pattern.compile(word + "\\s+([0-9]{1,9})").matcher(words);
      return m.matches() ? OptionalLong.of(Long.parseLong(m.group(1))) : OptionalLong.empty();
    }
  }

  private Optional<Pace> pace(String key, String text) {
    Matcher m = PACE.matcher(text.strip());
    if (m.matches()) {
      String per = m.group(2).strip();
      String words = m.group(3) == null ? "" : m.group(3).strip();
      if (Character.isLetter(per.charAt(0))) per = "1" + per;
      boolean known =
          words.isEmpty()
              || key.equals("window") && words.equals("rolling")
              || key.equals("rate") && words.matches("burst\\s+[1-9][0-9]{0,8}");
      long amount = m.group(1).length() > 15 ? 0 : Long.parseLong(m.group(1));
      if (known && amount > 0) return duration(path(key), per).map(d -> new Pace(amount, d, words));
    }
    problem(
        "%s is '%s': expected %s"
            .formatted(
                path(key),
                text,
                key.equals("rate")
                    ? "an amount and a time such as 20/1s, or 20/1s burst 5"
                    : "an amount and a time such as 6000/1m, or 600/5s rolling"));
    return Optional.empty();
  }
}
