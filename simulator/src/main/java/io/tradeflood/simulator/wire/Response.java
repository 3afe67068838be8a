package io.tradeflood.simulator.wire;

import java.nio.charset.StandardCharsets;

/**
 * An answer. The length, the date and the state of the connection are added on the way.
 *
 * @param rows how many rows of data are in it, for the statistics
 */
public record Response(int status, Headers headers, byte[] body, int rows, Delivery delivery) {

  private static final Headers JSON =
      Headers.NONE.with("Content-Type", "application/json;charset=UTF-8");

  public Response {
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("A status lies between 100 and 599, was " + status);
    }
  }

  /** An answer in JSON. */
  public static Response json(int status, byte[] body) {
    return new Response(status, JSON, body, 0, Delivery.WHOLE);
  }

  /** An answer in JSON. */
  public static Response json(int status, Json body) {
    return json(status, body.toBytes());
  }

  /** An answer in any other text. */
  public static Response text(int status, String contentType, String body) {
    return new Response(
        status,
        Headers.NONE.with("Content-Type", contentType),
        body.getBytes(StandardCharsets.UTF_8),
        0,
        Delivery.WHOLE);
  }

  public Response with(String name, String value) {
    return new Response(status, headers.with(name, value), body, rows, delivery);
  }

  public Response withRows(int count) {
    return new Response(status, headers, body, count, delivery);
  }

  public Response withBody(byte[] other) {
    return new Response(status, headers, other, rows, delivery);
  }

  public Response deliveredBy(Delivery other) {
    return new Response(status, headers, body, rows, other);
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
