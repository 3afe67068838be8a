package io.tradeflood.net;

import io.tradeflood.connector.ConnectorContext.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the transport behaves. Users set each value by the name in brackets; times are written {@code
 * 500ms}, {@code 5s}, {@code 2m} or as ISO 8601 does.
 *
 * @param connect how long opening a connection may take, by a proxy included ({@code net.connect})
 * @param tls how long making it secret may take ({@code net.tls})
 * @param send how long writing the request may take ({@code net.send})
 * @param firstByte how long the first byte of the answer may take ({@code net.first-byte})
 * @param receive how long the rest of the answer may take ({@code net.receive})
 * @param bodyLimit the longest body that is accepted, in bytes, packed or not ({@code
 *     net.body-limit})
 * @param patience the longest ban or pause set by an exchange that is waited out; a longer one
 *     fails the request at once. Waiting for the own share of a limit is not bounded by it ({@code
 *     net.patience})
 * @param tries how often a request is sent at most ({@code net.tries})
 * @param retryTime how long after the first try a new one may begin ({@code net.retry-time})
 * @param concurrency how many requests are on their way to one host by one route at once ({@code
 *     net.concurrency})
 * @param keepAlive how long an unused connection is kept ({@code net.keep-alive})
 * @param eventLoops how many threads serve the sockets ({@code net.event-loops})
 * @param trust a file of certificates (PEM) to trust instead of the machine's ({@code net.trust})
 * @param proxyterTrust the same for Proxyter's own; as the rest unless it is set ({@code
 *     net.proxyter-trust})
 */
record TransportSettings(
    Duration connect,
    Duration tls,
    Duration send,
    Duration firstByte,
    Duration receive,
    int bodyLimit,
    Duration patience,
    int tries,
    Duration retryTime,
    int concurrency,
    Duration keepAlive,
    int eventLoops,
    Trust trust,
    Trust proxyterTrust) {

  /** What users set; reasonable values for the rest. */
  static TransportSettings of(Settings settings) {
    var trust = new Trust("net.trust", settings.get("net.trust").map(Path::of));
    return new TransportSettings(
        time(settings, "net.connect", "5s"),
        time(settings, "net.tls", "10s"),
        time(settings, "net.send", "10s"),
        time(settings, "net.first-byte", "20s"),
        time(settings, "net.receive", "60s"),
        count(settings, "net.body-limit", 64 * 1024 * 1024),
        time(settings, "net.patience", "3m"),
        count(settings, "net.tries", 4),
        time(settings, "net.retry-time", "60s"),
        count(settings, "net.concurrency", 32),
        time(settings, "net.keep-alive", "30s"),
        count(settings, "net.event-loops", 1),
        trust,
        settings
            .get("net.proxyter-trust")
            .map(file -> new Trust("net.proxyter-trust", Optional.of(Path.of(file))))
            .orElse(trust));
  }

  static Duration time(Settings settings, String name, String otherwise) {
    return read(settings, name, otherwise, "a time such as 500ms, 5s or 2m", Durations::parse);
  }

  static int count(Settings settings, String name, int otherwise) {
    return read(
        settings,
        name,
        Integer.toString(otherwise),
        "a whole number of at least 1",
        text -> {
          int count = Integer.parseInt(text);
          if (count < 1) throw new NumberFormatException(text);
          return count;
        });
  }

  static boolean yesOrNo(Settings settings, String name, boolean otherwise) {
    return read(
        settings,
        name,
        Boolean.toString(otherwise),
        "true or false",
        text ->
            switch (text.strip()) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new NumberFormatException(text);
            });
  }

  private static <T> T read(
      Settings settings, String name, String otherwise, String expected, Function<String, T> as) {
    String text = settings.get(name).orElse(otherwise);
    try {
      return as.apply(text);
    } catch (NumberFormatException | DateTimeParseException | ArithmeticException _) {
      throw new IllegalArgumentException(
          "The setting %s must be %s, was %s".formatted(name, expected, text));
    }
  }

  /** Times as users write them. */
  private static final class Durations {
    private Durations() {}

    static Duration parse(String text) {
      String lower = text.strip().toLowerCase(Locale.ROOT);
      if (lower.startsWith("p")) return positive(Duration.parse(text.strip()), text);
      int end = 0;
      while (end < lower.length() && Character.isDigit(lower.charAt(end))) end++;
      long amount = Long.parseLong(lower.substring(0, end));
      return positive(
          switch (lower.substring(end)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> throw new NumberFormatException(text);
          },
          text);
    }

    private static Duration positive(Duration time, String text) {
      if (time.isNegative() || time.isZero()) throw new NumberFormatException(text);
      return time;
    }
  }
}
