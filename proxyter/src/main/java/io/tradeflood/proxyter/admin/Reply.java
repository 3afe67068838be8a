package io.tradeflood.proxyter.admin;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What a request is answered with. */
sealed interface Reply {
  String JSON = "application/json";

  /** All at once. */
  @SuppressWarnings("ArrayRecordComponent") // Written out, never compared.
  record Whole(int status, Map<String, String> headers, byte[] body) implements Reply {
    public Whole {
      headers = Map.copyOf(headers);
    }

    Whole with(String header, String value) {
      var more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Whole(status, more, body);
    }
  }

  /**
   * Events as they happen, until the client leaves.
   *
   * @param after the number of the last event that the client has; empty if it wants new ones only
   * @param types which, such as {@code proxy.*}; empty means all
   */
  record Events(OptionalLong after, java.util.List<String> types) implements Reply {}

  static Whole bytes(int status, String type, byte[] body) {
    return new Whole(status, Map.of("content-type", type), body);
  }

  static Whole text(int status, String type, String body) {
    return bytes(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  static Whole json(Object value) {
    return json(200, value);
  }

  static Whole json(int status, Object value) {
    return bytes(status, JSON, Json.bytes(value));
  }

  static Whole nothing() {
    return new Whole(204, Map.of(), new byte[0]);
  }

  /** With the revision of the configuration that it shows. */
  static Whole json(int status, Object value, long revision) {
    return json(status, value).with("etag", Call.etag(revision));
  }
}
