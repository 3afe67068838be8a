package io.tradeflood.proxyter.wire;

import java.util.OptionalLong;

/**
 * The head of an HTTP/1 request.
 *
 * @param method such as {@code CONNECT}, as it came
 * @param target authority, absolute or origin form, as it came
 * @param minor the 1 of HTTP/1.1, or 0
 */
public record RequestHead(String method, String target, int minor, Headers headers) {

  /** Reads a whole head, ended by an empty line. */
  public static RequestHead read(byte[] bytes, int from, int to) {
    return new HeadReader(bytes, from, to).request();
  }

  /** Whether the client wants to send more on the connection after this. */
  public boolean keepsAlive() {
    for (String name : new String[] {"connection", "proxy-connection"}) {
      if (headers.lists(name, "close")) return false;
      if (minor == 0 && headers.lists(name, "keep-alive")) return true;
    }
    return minor == 1;
  }

  /**
   * How far the body reaches.
   *
   * @throws WireException if that is in doubt
   */
  public BodyFrame body() {
    boolean chunked = HeadReader.isChunked(headers);
    OptionalLong length = HeadReader.length(headers);
    if (chunked && length.isPresent())
      throw new WireException("request has both Transfer-Encoding and Content-Length");
    if (chunked && minor == 0) throw new WireException("request of HTTP/1.0 is chunked");
    return chunked ? BodyFrame.chunked() : BodyFrame.length(length.orElse(0));
  }
}
