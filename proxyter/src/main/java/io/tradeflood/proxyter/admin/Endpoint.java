package io.tradeflood.proxyter.admin;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that can be asked for: what it is called, who may, what goes in and comes out, and who
 * answers. The interface's description is made of these.
 *
 * @param template the path, with {@code {name}} for what varies
 * @param access who may
 * @param words one line for people
 * @param parameters of the query
 * @param accepts the body's media types with what they hold; empty if there is no body
 * @param gives what comes out, by status
 * @param produces the media types of a success, the usual one first
 */
record Endpoint(
    String method,
    String template,
    Access access,
    String words,
    List<Parameter> parameters,
    Map<String, Type> accepts,
    Map<Integer, Outcome> gives,
    List<String> produces,
    int mostBytes,
    Function<Call, Reply> handler) {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");
  private static final int USUAL_BYTES = 1 << 20;

  /** Who may ask. */
  enum Access {
    ANYBODY,
    /** Clients, of their own tunnels, and operators. */
    CLIENT,
    OPERATOR
  }

  /** A parameter of the query. */
  record Parameter(String name, String words, String type) {}

  /** What comes out; {@link Void} stands for nothing. */
  record Outcome(String words, Type type) {}

  Endpoint {
    parameters = List.copyOf(parameters);
    produces = List.copyOf(produces);
  }

  static Endpoint of(
      String method, String template, String words, Type gives, Function<Call, Reply> handler) {
    return new Endpoint(
        method,
        template,
        Access.OPERATOR,
        words,
        List.of(),
        Map.of(),
        Map.of(200, new Outcome("as asked", gives)),
        List.of(Reply.JSON),
        USUAL_BYTES,
        handler);
  }

  static Endpoint get(String template, String words, Type gives, Function<Call, Reply> handler) {
    return of("GET", template, words, gives, handler);
  }

  Endpoint by(Access who) {
    return new Endpoint(
        method, template, who, words, parameters, accepts, gives, produces, mostBytes, handler);
  }

  /** With a parameter of the query; the type is one of JSON Schema. */
  Endpoint with(String name, String type, String explanation) {
    var more = new ArrayList<>(parameters);
    more.add(new Parameter(name, explanation, type));
    return new Endpoint(
        method, template, access, words, more, accepts, gives, produces, mostBytes, handler);
  }

  Endpoint taking(Map<String, Type> types) {
    return new Endpoint(
        method, template, access, words, parameters, types, gives, produces, mostBytes, handler);
  }

  Endpoint taking(Type type) {
    return taking(Map.of(Reply.JSON, type));
  }

  Endpoint upTo(int bytes) {
    return new Endpoint(
        method, template, access, words, parameters, accepts, gives, produces, bytes, handler);
  }

  Endpoint giving(Map<Integer, Outcome> outcomes) {
    return new Endpoint(
        method,
        template,
        access,
        words,
        parameters,
        accepts,
        outcomes,
        produces,
        mostBytes,
        handler);
  }

  Endpoint producing(String... types) {
    return new Endpoint(
        method,
        template,
        access,
        words,
        parameters,
        accepts,
        gives,
        List.of(types),
        mostBytes,
        handler);
  }

  /** The names in braces, in their order. */
  List<String> places() {
    var names = new ArrayList<String>();
    Matcher m = PLACE.matcher(template);
    while (m.find()) names.add(m.group(1));
    return names;
  }

  /** Finds the path in the template; what stands in place of the names, still encoded. */
  Pattern pattern() {
    var out = new StringBuilder();
    Matcher m = PLACE.matcher(template);
    int end = 0;
    // A colon begins a verb; only scopes are written with one, all else has it as %3A.
    while (m.find()) {
      out.append(Pattern.quote(template.substring(end, m.start())));
      out.append(m.group(1).equals("scope") ? "([^/]+)" : "([^/:]+)");
      end = m.end();
    }
    return Pattern.compile(out.append(Pattern.quote(template.substring(end))).toString());
  }

  /** Whether more of the path is fixed, so that it is looked at first. */
  boolean hasVerb() {
    return template.indexOf(':') >= 0;
  }

  Optional<Type> success() {
    return gives.entrySet().stream()
        .filter(e -> e.getKey() < 300)
        .map(e -> e.getValue().type())
        .findFirst();
  }
}
