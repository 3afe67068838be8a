package io.tradeflood.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A request as it came.
 *
 * @param path as it was written, without the parameters
 * @param client the address of the other side
 */
public record Request(
    String method, String path, Query query, Headers headers, byte[] body, String client) {

  public Request {
    Objects.requireNonNull(method);
    Objects.requireNonNull(path);
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + path + " " + query.parameters();
  }
}
