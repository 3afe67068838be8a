package io.tradeflood.proxyter.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds who answers a request. */
final class Router {
  private record Row(Pattern pattern, Endpoint endpoint) {}

  /** Who answers, with what stands in the path. */
  record Match(Endpoint endpoint, Map<String, String> places) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<Endpoint> endpoints;

  Router(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
    endpoints.stream()
        .sorted(Comparator.comparing((Endpoint e) -> !e.hasVerb()))
        .forEach(e -> rows.add(new Row(e.pattern(), e)));
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  /**
   * Who answers.
   *
   * @param path still encoded
   * @throws Problem 404 or 405
   */
  Match find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    for (Row row : rows) {
      if (!row.endpoint().method().equals(wanted)) continue;
      Matcher m = row.pattern().matcher(path);
      if (m.matches()) return new Match(row.endpoint(), places(row.endpoint(), m));
    }
    String allowed = allowed(path);
    if (allowed.isEmpty())
      throw Problem.notFound("there is nothing at this path: /openapi.json lists what there is");
    throw Problem.of(405, "%s is not served here: expected one of %s".formatted(method, allowed))
        .with("allow", allowed);
  }

  private static Map<String, String> places(Endpoint endpoint, Matcher m) {
    var places = new LinkedHashMap<String, String>();
    List<String> names = endpoint.places();
    for (int i = 0; i < names.size(); i++) places.put(names.get(i), decoded(m.group(i + 1)));
    return places;
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw Problem.of(400, "the path has a % without two hexadecimal digits: write it as %25");
    }
  }

  /** The methods that are served at the path, as the header {@code Allow} wants them; or empty. */
  String allowed(String path) {
    var methods = new TreeSet<String>();
    for (Row row : rows)
      if (row.pattern().matcher(path).matches()) methods.add(row.endpoint().method());
    if (methods.isEmpty()) return "";
    if (methods.contains("GET")) methods.add("HEAD");
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }
}
