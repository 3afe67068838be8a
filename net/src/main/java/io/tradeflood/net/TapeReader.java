package io.tradeflood.net;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a tape. One that was cut off ends with the last entry that is whole. */
final class TapeReader implements AutoCloseable {
  private static final int LONGEST_HEAD = 200;
  private static final int LONGEST_BODY = 1 << 30;

  private final Path file;
  private final InputStream in;
  private final long seed;

  /**
   * @throws IllegalArgumentException if the file cannot be read, or is no tape; the message is a
   *     whole line
   */
  TapeReader(Path file) {
    this.file = file;
    try {
      InputStream plain = Files.newInputStream(file);
      in =
          new BufferedInputStream(
              TapeWriter.isPacked(file) ? new GZIPInputStream(plain) : plain, 256 * 1024);
      String mark = line();
      if (!mark.matches(TapeWriter.MARK + " seed=-?\\d{1,19}"))
        throw new IllegalArgumentException(
            "The setting tape.replay must name a tape, but %s begins with %s instead of %s"
                .formatted(
                    file, Excerpt.of(mark.getBytes(StandardCharsets.UTF_8)), TapeWriter.MARK));
      seed = Long.parseLong(mark.substring(mark.indexOf('=') + 1));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The setting tape.replay must name a tape, but %s cannot be read: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** By what number delays were chosen when it was recorded. */
  long seed() {
    return seed;
  }

  /**
   * The next entry; empty at the end.
   *
   * @throws IllegalStateException if the tape is broken; the message is a whole line
   */
  Optional<TapeEntry> next() {
    try {
      String[] head = line().split(" ");
      if (head.length != 4) throw new NumberFormatException(String.join(" ", head));
      var kind = TapeEntry.Kind.valueOf(head[0].toUpperCase(Locale.ROOT));
      int length = Integer.parseInt(head[3]);
      if (length < 0 || length > LONGEST_BODY) throw new NumberFormatException(head[3]);
      byte[] body = in.readNBytes(length);
      if (body.length < length || in.read() != '\n') return Optional.empty();
      return Optional.of(
          new TapeEntry(kind, Integer.parseInt(head[1]), Long.parseLong(head[2]), body));
    } catch (EOFException | ZipException cut) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException broken) {
      throw new IllegalStateException(
          "The tape %s is broken: %s".formatted(file, broken.getMessage()), broken);
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new EOFException("it has ended");
      if (line.length() == LONGEST_HEAD) throw new IOException("a line is too long");
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
