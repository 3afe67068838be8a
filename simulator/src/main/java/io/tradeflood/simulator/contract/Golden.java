package io.tradeflood.simulator.contract;

import io.tradeflood.simulator.wire.Query;
import io.tradeflood.simulator.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A recorded answer and what is kept beside it: the request that it answers in {@code
 * NAME.request.txt}, and the approved rows in {@code NAME.rows.ndjson}.
 *
 * @param name the resource, such as {@code /golden/acme/candles.json}
 * @param body the answer, whole
 * @param request one line such as {@code GET /v2/candles?symbol=BTC-USDT}; empty if none is kept
 * @param rows the approved rows, a line each; empty if none are kept
 */
record Golden(String name, String body, Optional<String> request, Optional<List<String>> rows) {

  static Golden load(Class<?> from, String name) {
    String body =
        resource(from, name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The golden payload %s is not on the class path: put it into src/test/resources"
                            .formatted(name)));
    return new Golden(
        name,
        body,
        resource(from, beside(name, ".request.txt")).map(String::strip),
        resource(from, beside(name, ".rows.ndjson")).map(t -> t.strip().lines().toList()));
  }

  static String beside(String name, String ending) {
    int dot = name.lastIndexOf('.');
    return (dot > name.lastIndexOf('/') ? name.substring(0, dot) : name) + ending;
  }

  private static Optional<String> resource(Class<?> from, String name) {
    String absolute = name.startsWith("/") ? name : "/" + name;
    try (InputStream in = from.getResourceAsStream(absolute)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The golden payload %s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Whether this is the answer to the request; one that is kept without its request answers any.
   */
  boolean answers(Request asked) {
    return request.isEmpty()
        || request.get().equals(line(asked))
        || sorted(request.get()).equals(sorted(line(asked)));
  }

  /** A request as it is kept. */
  static String line(Request asked) {
    var line = new StringBuilder(asked.method()).append(' ').append(asked.path());
    char between = '?';
    for (Query.Parameter parameter : asked.query().parameters()) {
      line.append(between).append(parameter.name()).append('=').append(parameter.value());
      between = '&';
    }
    return line.toString();
  }

  /** The order of parameters means nothing. */
  private static String sorted(String line) {
    int mark = line.indexOf('?');
    if (mark < 0) return line;
    return line.substring(0, mark + 1)
        + String.join(
            "&",
            List.of(line.substring(mark + 1).split("&")).stream()
                .sorted(Comparator.naturalOrder())
                .toList());
  }
}
