package io.tradeflood.net;

import io.tradeflood.turn.Failure;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How a body is read, and what is said if it cannot be. */
final class Reading<T> {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final RestRequest.Reader<T> reader;

  private Reading(RestRequest.Reader<T> reader) {
    this.reader = reader;
  }

  static <T> Reading<T> as(Class<T> record) {
    return new Reading<>(body -> JSON.readValue(body, record));
  }

  static <T> Reading<List<T>> asList(Class<T> row) {
    var type = JSON.getTypeFactory().constructCollectionType(List.class, row);
    return new Reading<>(body -> JSON.readValue(body, type));
  }

  static <T> Reading<T> by(RestRequest.Reader<T> reader) {
    return new Reading<>(reader);
  }

  /**
   * Reads.
   *
   * @param subject whose answer it is, as messages begin
   * @throws Failure.Unreadable if it is not what was expected
   */
  T read(String subject, HttpReply reply) {
    try {
      return reader.read(reply.body());
    } catch (Failure failure) {
      throw failure;
    } catch (Exception unexpected) {
      throw unreadable(subject, reply, unexpected);
    }
  }

  private static Failure.Unreadable unreadable(String subject, HttpReply reply, Exception cause) {
    byte[] body = reply.body();
    String words =
        isPage(body)
            ? "%s answered with a page instead of JSON, found %s: something stands between, or the address is wrong"
                .formatted(subject, Excerpt.of(body))
            : startsWith(body, '{') || startsWith(body, '[')
                ? "%s gave an answer that is not as expected: %s".formatted(subject, line(cause))
                : "%s answered without JSON, found %s: check the address"
                    .formatted(subject, Excerpt.of(body));
    return new Failure.Unreadable(words, cause);
  }

  private static String line(Exception cause) {
    String message =
        cause instanceof JacksonException json ? json.getOriginalMessage() : cause.getMessage();
    if (message == null) return cause.getClass().getSimpleName();
    return message.lines().findFirst().orElse("").strip();
  }

  /** Whether it is a page for people, such as a firewall shows. */
  static boolean isPage(byte[] body) {
    return startsWith(body, '<');
  }

  private static boolean startsWith(byte[] body, char first) {
    for (byte b : body) if (b > ' ') return b == first;
    return false;
  }

  /** Whether a body is JSON from its first to its last byte, whatever it says. */
  static boolean isJson(byte[] body) {
    try (var tokens = JSON.createParser(body)) {
      if (tokens.nextToken() == null) return false;
      tokens.skipChildren();
      return tokens.nextToken() == null;
    } catch (JacksonException _) {
      return false;
    }
  }
}
