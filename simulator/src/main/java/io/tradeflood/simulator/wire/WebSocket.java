package io.tradeflood.simulator.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * The server's side of WebSockets (RFC 6455, version 13): the handshake. A library would keep a
 * test kit from breaking off in the middle of a frame or from answering late, so frames are made
 * and read here too, by {@link WebSocketWriter} and {@link WebSocketReader}.
 */
public final class WebSocket {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** What is said on a connection; it is closed on return. */
  @FunctionalInterface
  public interface Talk {
    void on(WebSocketReader reader, WebSocketWriter writer) throws IOException;
  }

  private WebSocket() {}

  /** Whether somebody asks for a WebSocket, rightly or not. */
  public static boolean isAskedFor(Request request) {
    return has(request, "Upgrade", "websocket");
  }

  /**
   * The answer to who asks for a WebSocket: after it the connection is talked on, or a refusal.
   *
   * @param most the most bytes of a message of the client
   */
  public static Response accept(
      Request request, Deflate.Policy policy, int most, Function<Optional<Deflate>, Talk> talk) {
    if (!request.method().equals("GET") || !has(request, "Connection", "upgrade")) {
      return refusal(400, "A WebSocket is asked for by GET with Connection: Upgrade");
    }
    if (!request.headers().first("Sec-WebSocket-Version").orElse("").strip().equals("13")) {
      return refusal(426, "Only version 13 of WebSocket is spoken here")
          .with("Sec-WebSocket-Version", "13");
    }
    String key = request.headers().first("Sec-WebSocket-Key").orElse("").strip();
    if (!isKey(key)) {
      return refusal(400, "Sec-WebSocket-Key is 16 bytes in Base64");
    }
    Optional<Deflate> deflate =
        Deflate.negotiate(request.headers().all("Sec-WebSocket-Extensions"), policy);
    Talk accepted = talk.apply(deflate);
    Response response =
        new Response(
            101,
            Headers.NONE
                .with("Upgrade", "websocket")
                .with("Connection", "Upgrade")
                .with("Sec-WebSocket-Accept", digest(key)),
            new byte[0],
            0,
            new Delivery.Upgrade(
                (in, out) -> {
                  try (WebSocketReader reader = new WebSocketReader(in, deflate, most);
                      WebSocketWriter writer = new WebSocketWriter(out, deflate)) {
                    accepted.on(reader, writer);
                  }
                }));
    return deflate
        .map(agreed -> response.with("Sec-WebSocket-Extensions", agreed.text()))
        .orElse(response);
  }

  private static Response refusal(int status, String why) {
    return Response.text(status, "text/plain;charset=UTF-8", why + "\n");
  }

  private static boolean has(Request request, String field, String word) {
    return request.headers().all(field).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .anyMatch(value -> value.strip().equalsIgnoreCase(word));
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String digest(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] hash = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }
}
