package io.tradeflood.proxyter.payload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads payloads.
 *
 * <pre>
 * payload = type *( "," param )
 * type    = label *( "." label )
 * label   = 1*( a-z / 0-9 / "_" / "-" )
 * param   = key "=" value          ; value: 1*( unreserved / "+" / ":" / "%" HEX HEX )
 * </pre>
 */
final class PayloadParser {
  private static final String KEYS = "s st sm sr w g tag x id t pr fb x-...";

  private final Map<String, String> parameters = new HashMap<>();

  private PayloadParser() {}

  static Payload parse(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > Payload.MAX_BYTES)
      throw new PayloadException(
          "payload is longer than %d bytes: shorten it".formatted(Payload.MAX_BYTES));
    return new PayloadParser().read(text);
  }

  private Payload read(String text) {
    String[] parts = text.split(",", -1);
    String type = type(parts[0]);
    for (int i = 1; i < parts.length; i++) parameter(parts[i]);
    var payload =
        new Payload(
            type,
            session(),
            number("w", 0, 1_000_000_000).orElse(1),
            list("g"),
            list("tag"),
            list("x"),
            take("id").map(id -> checked("id", id, 64)),
            millis(),
            number("pr", 0, 9).orElse(Payload.ORDINARY),
            take("fb").map(PayloadParser::feedback),
            labels());
    if (!parameters.isEmpty())
      throw new PayloadException(
          "unknown key '%s': expected one of %s"
              .formatted(parameters.keySet().stream().sorted().findFirst().orElseThrow(), KEYS));
    return payload;
  }

  private static String type(String text) {
    boolean label = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' ? !label : !isLabel(c))
        throw new PayloadException(
            "type '%s' is not labels of a-z 0-9 _ - joined by dots: write one such as binance.candles"
                .formatted(printable(text)));
      label = c != '.';
    }
    if (!label)
      throw new PayloadException(
          "type '%s' is missing or ends with a dot: write one such as binance.candles"
              .formatted(printable(text)));
    return text;
  }

  private static boolean isLabel(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-';
  }

  private void parameter(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1)
      throw new PayloadException(
          "'%s' is not KEY=VALUE: expected parameters such as s=7".formatted(printable(text)));
    String key = text.substring(0, equals);
    for (int i = 0; i < key.length(); i++)
      if (!isLabel(key.charAt(i)))
        throw new PayloadException(
            "unknown key '%s': expected one of %s".formatted(printable(key), KEYS));
    if (parameters.put(key, decode(key, text.substring(equals + 1))) != null)
      throw new PayloadException("key '%s' is given twice: give it once".formatted(key));
  }

  private Optional<Payload.Session> session() {
    Optional<String> name = take("s").map(s -> checked("s", s, 64));
    OptionalInt minutes = number("st", 1, 10_080);
    Optional<Payload.Mode> mode = take("sm").map(PayloadParser::mode);
    OptionalInt rank = number("sr", 1, Payload.Session.MOST);
    if (name.isEmpty() && (minutes.isPresent() || mode.isPresent() || rank.isPresent()))
      throw new PayloadException("keys 'st', 'sm' and 'sr' need a session: add s=NAME");
    return name.map(
        s -> new Payload.Session(s, minutes, mode.orElse(Payload.Mode.SOFT), rank.orElse(1)));
  }

  private static Payload.Mode mode(String text) {
    return switch (text) {
      case "soft" -> Payload.Mode.SOFT;
      case "firm" -> Payload.Mode.FIRM;
      case "hard" -> Payload.Mode.HARD;
      default ->
          throw new PayloadException(
              "key 'sm' is '%s': expected soft, firm or hard".formatted(printable(text)));
    };
  }

  private Optional<Duration> millis() {
    OptionalInt t = number("t", 1, 3_600_000);
    return t.isPresent() ? Optional.of(Duration.ofMillis(t.getAsInt())) : Optional.empty();
  }

  private Set<String> list(String key) {
    Optional<String> value = take(key);
    if (value.isEmpty()) return Set.of();
    var names = new LinkedHashSet<String>();
    for (String name : value.get().split("\\+", -1)) {
      if (name.isEmpty())
        throw new PayloadException(
            "key '%s' has an empty name: write names joined by +".formatted(key));
      names.add(name);
    }
    return names;
  }

  private Map<String, String> labels() {
    var labels = new HashMap<String, String>();
    for (String key : new HashSet<>(parameters.keySet()))
      if (key.startsWith("x-") && key.length() > 2) labels.put(key, parameters.remove(key));
    return labels;
  }

  private OptionalInt number(String key, int least, int most) {
    Optional<String> value = take(key);
    if (value.isEmpty()) return OptionalInt.empty();
    if (value.get().matches("[0-9]{1,10}")) {
      long number = Long.parseLong(value.get());
      if (number >= least && number <= most) return OptionalInt.of((int) number);
    }
    throw new PayloadException(
        "key '%s' is '%s': expected a number from %d to %d"
            .formatted(key, printable(value.get()), least, most));
  }

  private static Payload.Feedback feedback(String text) {
    String[] parts = text.split(":", -1);
    if ((parts.length == 2 || parts.length == 3)
        && !parts[0].isEmpty()
        && parts[1].matches("[1-5][0-9][0-9]")
        && (parts.length == 2 || parts[2].matches("[0-9]{1,8}")))
      return new Payload.Feedback(
          parts[0],
          Integer.parseInt(parts[1]),
          parts.length == 2
              ? Optional.empty()
              : Optional.of(Duration.ofSeconds(Long.parseLong(parts[2]))));
    throw new PayloadException(
        "key 'fb' is '%s': expected ID:STATUS or ID:STATUS:SECONDS".formatted(printable(text)));
  }

  private Optional<String> take(String key) {
    return Optional.ofNullable(parameters.remove(key));
  }

  private static String checked(String key, String value, int longest) {
    if (value.length() > longest)
      throw new PayloadException(
          "key '%s' is longer than %d characters: shorten it".formatted(key, longest));
    return value;
  }

  private static String decode(String key, String text) {
    var bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        if (!isPlain(c) && c != '+' && c != ':')
          throw new PayloadException(
              "value of key '%s' has the character %s: write it as %%HH"
                  .formatted(key, printable(String.valueOf(c))));
        bytes.put((byte) c);
        continue;
      }
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0)
        throw new PayloadException(
            "value of key '%s' has a %% without two hexadecimal digits".formatted(key));
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      String value =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(bytes.flip())
              .toString();
      if (value.chars().anyMatch(Character::isISOControl))
        throw new PayloadException(
            "value of key '%s' has a control character: leave it out".formatted(key));
      return value;
    } catch (CharacterCodingException e) {
      throw new PayloadException("value of key '%s' is not UTF-8: encode it so".formatted(key));
    }
  }

  /** What need not be written as %HH in a URL's user name. */
  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  static String encode(Collection<String> names) {
    return names.stream().sorted().map(PayloadParser::encode).collect(Collectors.joining("+"));
  }

  static String encode(String value) {
    var out = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) out.append(c);
      else out.append('%').append(String.format("%02X", (int) c));
    }
    return out.toString();
  }

  private static String printable(String text) {
    String clean =
        text.codePoints()
            .mapToObj(c -> c < 32 || c == 127 ? "?" : Character.toString(c))
            .collect(Collectors.joining());
    return clean.length() > 60 ? clean.substring(0, 60) + "..." : clean;
  }
}
