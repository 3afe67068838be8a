package io.tradeflood.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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
          all(new GZIPInputStream(new ByteArrayInputStream(body), 8192), announced(body), limit);
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
      return all(in, 4L * body.length, limit);
    } finally {
      inflater.end();
    }
  }

  /** How long the body was by the format's last word, if that is likely; else a guess. */
  private static long announced(byte[] body) {
    if (body.length < Integer.BYTES) return 0;
    long length =
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt(body.length - Integer.BYTES);
    return length < 0 || length > 32L * body.length ? 4L * body.length : length;
  }

  private static byte[] all(InputStream packed, long expected, int limit) throws IOException {
    try (packed) {
      byte[] whole = new byte[(int) Math.clamp(expected, Math.min(1024, limit), limit)];
      int length = 0;
      while (true) {
        int n = packed.read(whole, length, whole.length - length);
        if (n < 0) break;
        length += n;
        if (length < whole.length) continue;
        int next = packed.read();
        if (next < 0) break;
        if (length == limit) throw tooLong(limit);
        whole = Arrays.copyOf(whole, (int) Math.min(limit, 2L * length));
        whole[length++] = (byte) next;
      }
      return length == whole.length ? whole : Arrays.copyOf(whole, length);
    }
  }

  static IOException tooLong(int limit) {
    return new IOException("is longer than the %d bytes allowed".formatted(limit));
  }
}
