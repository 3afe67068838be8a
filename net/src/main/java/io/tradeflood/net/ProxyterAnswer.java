package io.tradeflood.net;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What Proxyter itself says, rather than the exchange behind it: {@code Proxy-Status} (RFC 9209) as
 * docs/proxyter-protocol.md has it.
 *
 * @param status of HTTP
 * @param error the token, empty if there is none
 * @param details its diagnosis in a line, empty if there is none
 * @param byOrigin whether the exchange is at fault, as more than one proxy says
 * @param received the exchange's status that is the reason
 * @param retryAfter how long to wait, if it says so
 */
record ProxyterAnswer(
    int status,
    String error,
    String details,
    boolean byOrigin,
    OptionalInt received,
    Optional<Duration> retryAfter) {
  private static final int LONGEST = 300;

  /** Whether it comes from a Proxyter at all, be it with an answer of the exchange. */
  static boolean isProxyter(Function<String, Optional<String>> header) {
    return header.apply("proxy-status").filter(ProxyterAnswer::isOurs).isPresent()
        || header
            .apply("proxy-authenticate")
            .filter(challenge -> challenge.contains("realm=\"proxyter\""))
            .isPresent();
  }

  private static boolean isOurs(String status) {
    return status.strip().startsWith("proxyter");
  }

  /**
   * Reads an answer; empty if it is not Proxyter's own.
   *
   * @param header the first header of a name in small letters
   */
  static Optional<ProxyterAnswer> of(int status, Function<String, Optional<String>> header) {
    var parameters = header.apply("proxy-status").map(ProxyterAnswer::parameters);
    boolean refusal = parameters.filter(p -> p.containsKey("error")).isPresent();
    if (!refusal && !(status == 407 && isProxyter(header))) return Optional.empty();
    var said = parameters.orElse(Map.of());
    return Optional.of(
        new ProxyterAnswer(
            status,
            said.getOrDefault("error", ""),
            line(said.getOrDefault("details", "")),
            said.getOrDefault("next-hop", "").equals("origin"),
            number(said.getOrDefault("received-status", "")),
            header.apply("retry-after").flatMap(ProxyterAnswer::seconds)));
  }

  private static OptionalInt number(String text) {
    return text.matches("[1-5][0-9][0-9]")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  private static Optional<Duration> seconds(String text) {
    return text.strip().matches("[0-9]{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())))
        : Optional.empty();
  }

  private static String line(String words) {
    String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  /** {@code proxyter; error=token; details="words"}; empty if another than Proxyter says it. */
  private static Map<String, String> parameters(String text) {
    var parameters = new HashMap<String, String>();
    int at = text.indexOf(';');
    String who = at < 0 ? text : text.substring(0, at);
    if (!who.strip().equals("proxyter")) return Map.of();
    while (at >= 0 && at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) break;
      String name = text.substring(at + 1, equals).strip();
      var value = new StringBuilder();
      at = value(text, equals + 1, value);
      parameters.put(name, value.toString().strip());
    }
    return parameters;
  }

  /** Reads a token or a quoted text; gives the place of the semicolon behind it, or the end. */
  private static int value(String text, int from, StringBuilder value) {
    boolean quoted = from < text.length() && text.charAt(from) == '"';
    int at = quoted ? from + 1 : from;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quoted && c == '"') return text.indexOf(';', at);
      if (!quoted && c == ';') return at;
      if (quoted && c == '\\' && at + 1 < text.length()) c = text.charAt(++at);
      value.append(c);
    }
    return at;
  }
}
