package io.tradeflood.net;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a tape. One that was cut off ends with the last entry that is whole. */
final class TapeReader implements AutoCloseable {
  private static final int LONGEST_HEAD = 200;

  /** Kind, connection, nanoseconds and length, below a gigabyte. */
  private static final Pattern HEAD =
      Pattern.compile(
          "(%s) (\\d{1,9}) (-?\\d{1,18}|[1-8]\\d{18}) (\\d{1,9})"
              .formatted(
                  Arrays.stream(TapeEntry.Kind.values())
                      .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining("|"))));

  private final Path file;
  private final InputStream in;
  private final long seed;

  private boolean cut;

  /** Where the next entry begins, of the tape as it is unpacked. */
  private long at;

  /**
   * @throws IllegalArgumentException if the file cannot be read, or is no tape; the message is a
   *     whole line
   */
  TapeReader(Path file) {
    this.file = file;
    try {
      in = open(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
    boolean begun = false;
    try {
      String mark = line();
      if (!mark.matches(TapeWriter.MARK + " seed=-?\\d{1,19}"))
        throw new IllegalArgumentException(
            "The setting tape.replay must name a tape, but %s begins with %s instead of %s"
                .formatted(file, Excerpt.of(mark), TapeWriter.MARK));
      seed = new BigInteger(mark.substring(mark.indexOf('=') + 1)).longValue();
      at = mark.length() + 1;
      begun = true;
    } catch (IOException e) {
      throw unreadable(e);
    } finally {
      if (!begun) close();
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream plain = Files.newInputStream(file);
    boolean open = false;
    try {
      var in =
          new BufferedInputStream(
              TapeWriter.isPacked(file) ? new GZIPInputStream(plain) : plain, 256 * 1024);
      open = true;
      return in;
    } finally {
      if (!open) plain.close();
    }
  }

  private IllegalArgumentException unreadable(IOException e) {
    return new IllegalArgumentException(
        "The setting tape.replay must name a tape, but %s cannot be read: %s"
            .formatted(file, e.getMessage()),
        e);
  }

  Path file() {
    return file;
  }

  /** By what number delays were chosen when it was recorded. */
  long seed() {
    return seed;
  }

  /**
   * The next entry; empty at the end.
   *
   * @throws IllegalArgumentException if the tape is broken; the message is a whole line
   */
  Optional<TapeEntry> next() {
    try {
      int begin = in.read();
      if (begin < 0) return Optional.empty();
      String line = begin == '\n' ? "" : (char) begin + line();
      var head = HEAD.matcher(line);
      if (!head.matches()) throw broken(line);
      int length = Integer.parseInt(head.group(4));
      byte[] body = in.readNBytes(length);
      int end = body.length < length ? -1 : in.read();
      if (end < 0) throw new EOFException("it has ended");
      if (end != '\n') throw broken(line);
      at += line.length() + length + 2L;
      var kind = TapeEntry.Kind.valueOf(head.group(1).toUpperCase(Locale.ROOT));
      return Optional.of(
          new TapeEntry(
              kind, Integer.parseInt(head.group(2)), Long.parseLong(head.group(3)), body));
    } catch (EOFException | ZipException within) {
      cut = true;
      return Optional.empty();
    } catch (IOException unread) {
      throw new IllegalArgumentException(
          "The tape %s cannot be read on: %s".formatted(file, unread.getMessage()), unread);
    }
  }

  /** Whether it has ended within an entry. */
  boolean isCut() {
    return cut;
  }

  private IllegalArgumentException broken(String line) {
    return new IllegalArgumentException(
        "The tape %s is broken at byte %d: expected an entry such as \"got 1 1700000000000000000 25\" and so many bytes behind it, found %s: record it anew, or cut it off there"
            .formatted(file, at, Excerpt.of(line)));
  }

  /** A line; of one that is too long for any entry, the beginning. */
  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n' && line.length() < LONGEST_HEAD; b = in.read()) {
      if (b < 0) throw new EOFException("it has ended");
      line.append((char) b);
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException _) {
      // What was read is read.
    }
  }
}
