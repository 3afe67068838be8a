package io.tradeflood.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Unpacks the bodies of answers. Done by the thread that waits, not by those that serve sockets.
 */
final class Inflation {
  /** What answers may be packed by. */
  static final String ACCEPTED = "gzip, deflate";

  private Inflation() {}

  /**
   * The body as it was before it was packed.
   *
   * @param encoding the header {@code Content-Encoding}, empty for none
   * @param limit the longest body that is accepted, in bytes
   * @throws IOException if it is cut short, broken, too long, or packed by something else
   */
  static byte[] unpack(byte[] body, String encoding, int limit) throws IOException {
    String way = encoding.strip().toLowerCase(Locale.ROOT);
    if (way.isEmpty() || way.equals("identity") || body.length == 0) return body;
    return switch (way) {
      case "gzip", "x-gzip" ->
          all(new GZIPInputStream(new ByteArrayInputStream(body), 8192), body.length, limit);
      case "deflate" -> inflate(body, limit);
      default -> throw new IOException("is packed by " + way + ", which was not asked for");
    };
  }

  /** By the standard it is zlib's format; some servers send the bare stream. */
  private static byte[] inflate(byte[] body, int limit) throws IOException {
    boolean zlib =
        body.length > 1
            && (body[0] & 0x0f) == 8
            && (((body[0] & 0xff) << 8) | (body[1] & 0xff)) % 31 == 0;
    var inflater = new Inflater(!zlib);
    try (var in = new InflaterInputStream(new ByteArrayInputStream(body), inflater, 8192)) {
      return all(in, body.length, limit);
    } finally {
      inflater.end();
    }
  }

  private static byte[] all(InputStream packed, int length, int limit) throws IOException {
    try (packed) {
      var whole = new ByteArrayOutputStream(Math.min(limit, Math.max(1024, length * 4)));
      byte[] part = new byte[8192];
      for (int n = packed.read(part); n >= 0; n = packed.read(part)) {
        if (whole.size() + n > limit) throw tooLong(limit);
        whole.write(part, 0, n);
      }
      return whole.toByteArray();
    }
  }

  static IOException tooLong(int limit) {
    return new IOException("is longer than the %d bytes allowed".formatted(limit));
  }
}
