package io.tradeflood.bench.history;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What rows are, in short: equal for all clients that read the same. Prices and sizes count as the
 * nearest double, for one of the clients has nothing else. Confined to one thread.
 */
final class Digest {
  private static final int COLUMNS = 6;

  private final MessageDigest digest;
  private final ByteBuffer row = ByteBuffer.allocate(COLUMNS * Double.BYTES);
  private long rows;

  Digest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  void add(
      long millis,
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal close,
      BigDecimal volume) {
    row.clear();
    row.putDouble(millis).putDouble(open.doubleValue()).putDouble(high.doubleValue());
    row.putDouble(low.doubleValue()).putDouble(close.doubleValue());
    row.putDouble(volume.doubleValue());
    digest.update(row.array());
    rows++;
  }

  long rows() {
    return rows;
  }

  /** The digest in hex; begins anew. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
