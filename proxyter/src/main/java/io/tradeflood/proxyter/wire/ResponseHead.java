package io.tradeflood.proxyter.wire;

import java.util.OptionalLong;

/**
 * The head of an HTTP/1 response.
 *
 * @param status such as 200
 * @param reason the words behind it, may be empty
 * @param minor the 1 of HTTP/1.1, or 0
 */
public record ResponseHead(int status, String reason, int minor, Headers headers) {

  /** Reads a whole head, ended by an empty line. */
  public static ResponseHead read(byte[] bytes, int from, int to) {
    return new HeadReader(bytes, from, to).response();
  }

  /**
   * How far the body reaches.
   *
   * @param method of the request that this answers
   * @throws WireException if that is in doubt
   */
  public BodyFrame body(String method) {
    if (method.equals("HEAD") || status < 200 || status == 204 || status == 304)
      return BodyFrame.length(0);
    boolean chunked = HeadReader.isChunked(headers);
    OptionalLong length = HeadReader.length(headers);
    if (chunked && length.isPresent())
      throw new WireException("response has both Transfer-Encoding and Content-Length");
    if (chunked) return BodyFrame.chunked();
    return length.isPresent() ? BodyFrame.length(length.getAsLong()) : BodyFrame.untilClose();
  }
}
