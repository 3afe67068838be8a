package io.tradeflood.net;

import io.tradeflood.net.json.Json;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.UnexpectedJsonException;
import io.tradeflood.turn.Failure;
import java.util.List;

/** How a body is read, and what is said if it cannot be. */
final class Reading<T> {
  /** Loaded when the first answer is read: plans need none. */
  private static final class Records {
    static final Json JSON = new Json();
  }

  private final RestRequest.Reader<T> reader;

  private Reading(RestRequest.Reader<T> reader) {
    this.reader = reader;
  }

  static <T> Reading<T> as(Class<T> record) {
    return new Reading<>(body -> Records.JSON.read(body, record));
  }

  static <T> Reading<List<T>> asList(Class<T> row) {
    return new Reading<>(body -> Records.JSON.readList(body, row));
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
    String message = cause.getMessage();
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
    try {
      var scanner = JsonScanner.of(body);
      scanner.skip();
      scanner.finish();
      return true;
    } catch (UnexpectedJsonException _) {
      return false;
    }
  }
}
