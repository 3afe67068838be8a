package io.tradeflood.net;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;

/** Writes a tape. Shared by threads: what is written first stands first. */
final class TapeWriter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TapeWriter.class.getName());

  /** The first word of a tape; the number is the version of its form. */
  static final String MARK = "tradeflood-tape 1";

  /** So long what is written may stay in memory. */
  private static final long FLUSH = 500_000_000L;

  private final Path file;

  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private final OutputStream out;
  private long flushedAt = Long.MIN_VALUE;
  private boolean broken;
  private int numbers;

  /**
   * Begins a tape.
   *
   * @throws IllegalArgumentException if the file is there already, or cannot be written; the
   *     message is a whole line
   */
  TapeWriter(Path file, long seed) {
    this.file = file;
    try {
      if (Files.exists(file))
        throw new IllegalArgumentException(
            "The setting tape.record must name a new file, but %s is there already"
                .formatted(file));
      OutputStream plain = Files.newOutputStream(file);
      out =
          new BufferedOutputStream(
              isPacked(file) ? new GZIPOutputStream(plain, 8192, true) : plain, 256 * 1024);
      out.write("%s seed=%d\n".formatted(MARK, seed).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The setting tape.record must name a file that can be written, but %s cannot be: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  static boolean isPacked(Path file) {
    return file.toString().endsWith(".gz");
  }

  /** A number for a new connection, from 1. */
  int number() {
    lock.lock();
    try {
      return ++numbers;
    } finally {
      lock.unlock();
    }
  }

  void write(TapeEntry entry) {
    write(entry.kind(), entry.number(), entry.nanos(), entry.body(), 0, entry.body().length);
  }

  /** A disk that is full must not stop what is recorded: it is told once. */
  void write(TapeEntry.Kind kind, int number, long nanos, byte[] bytes, int offset, int length) {
    byte[] head =
        (kind.name().toLowerCase(Locale.ROOT) + " " + number + " " + nanos + " " + length + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    lock.lock();
    try {
      if (broken) return;
      out.write(head);
      out.write(bytes, offset, length);
      out.write('\n');
      if (nanos - flushedAt < FLUSH && flushedAt != Long.MIN_VALUE) return;
      out.flush();
      flushedAt = nanos;
    } catch (IOException e) {
      broken = true;
      LOG.log(
          System.Logger.Level.ERROR,
          "The tape {0} cannot be written any more, it ends here: {1}",
          file,
          e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      broken = true;
      out.close();
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.ERROR, "The tape {0} may lack its end: {1}", file, e.getMessage());
    } finally {
      lock.unlock();
    }
  }
}
