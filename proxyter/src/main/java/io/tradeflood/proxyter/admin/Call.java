package io.tradeflood.proxyter.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A request that was let in.
 *
 * @param caller who asks
 * @param method of HTTP; a HEAD is served as a GET
 * @param places what stands in the path where the template has braces
 * @param query the query's parameters in their order
 * @param header gives a header's value by its name
 * @param body the whole of it
 */
@SuppressWarnings("ArrayRecordComponent") // Read, never compared.
record Call(
    Caller caller,
    String method,
    Map<String, String> places,
    Map<String, List<String>> query,
    Function<String, Optional<String>> header,
    byte[] body) {

  /** Who asks. */
  sealed interface Caller {
    /** May do everything. */
    record Operator() implements Caller {}

    /** May speak of its own tunnels. */
    record Client(String name) implements Caller {}

    /** Has not said who it is. */
    record Nobody() implements Caller {}
  }

  String place(String name) {
    return places.getOrDefault(name, "");
  }

  Optional<String> parameter(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1)
      throw Problem.of(400, "parameter '%s' is given twice: give it once".formatted(name));
    return values.stream().findFirst();
  }

  /** The values of a parameter that may be given several times, or as a list with commas. */
  List<String> parameters(String name) {
    var all = new ArrayList<String>();
    for (String value : query.getOrDefault(name, List.of()))
      for (String part : value.split(",", -1)) if (!part.isBlank()) all.add(part.strip());
    return all;
  }

  /** A parameter that is true when it is there without a value. */
  boolean flag(String name, boolean otherwise) {
    return parameter(name)
        .map(
            value ->
                switch (value) {
                  case "", "true", "1" -> true;
                  case "false", "0" -> false;
                  default ->
                      throw Problem.of(
                          400,
                          "parameter '%s' is '%s': expected true or false"
                              .formatted(name, shortened(value)));
                })
        .orElse(otherwise);
  }

  OptionalLong number(String name, long least, long most) {
    Optional<String> value = parameter(name);
    if (value.isEmpty()) return OptionalLong.empty();
    if (value.get().matches("-?[0-9]{1,18}")) {
      long number = Long.parseLong(value.get());
      if (number >= least && number <= most) return OptionalLong.of(number);
    }
    throw Problem.of(
        400,
        "parameter '%s' is '%s': expected a whole number from %d to %d"
            .formatted(name, shortened(value.get()), least, most));
  }

  String text() {
    return Json.utf8(body);
  }

  /** The body as an object of JSON. */
  Map<String, Object> object() {
    return Json.object(text());
  }

  /** The media type of the body without its parameters; empty if none is given. */
  Optional<String> contentType() {
    return header
        .apply("content-type")
        .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  static String etag(long revision) {
    return "\"" + revision + "\"";
  }

  /**
   * The revision that the client wants to change, from {@code If-Match}; empty if any will do.
   * Several are matched by the current one if that is among them.
   */
  OptionalLong ifMatch(long current) {
    Optional<String> value = header.apply("if-match");
    if (value.isEmpty() || value.get().strip().equals("*")) return OptionalLong.empty();
    for (String tag : value.get().split(",", -1))
      if (tag.strip().equals(etag(current))) return OptionalLong.of(current);
    throw Problem.of(
            412,
            "If-Match is %s, but the configuration has revision %d: read it again and repeat the change"
                .formatted(shortened(value.get()), current))
        .with("etag", etag(current));
  }

  /** Whether the client has the revision already. */
  boolean has(long revision) {
    return header
        .apply("if-none-match")
        .map(
            value ->
                java.util.Arrays.stream(value.split(",", -1))
                    .map(String::strip)
                    .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                    .anyMatch(tag -> tag.equals(etag(revision)) || tag.equals("*")))
        .orElse(false);
  }

  /** Whether it only wants to make what is not there. */
  boolean onlyNew() {
    return header.apply("if-none-match").map(v -> v.strip().equals("*")).orElse(false);
  }

  static String shortened(String text) {
    String clean =
        text.codePoints()
            .limit(61)
            .map(c -> Character.isISOControl(c) ? '?' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return clean.length() > 60 ? clean.substring(0, 60) + "..." : clean;
  }
}
