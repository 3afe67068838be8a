package io.tradeflood.net;

import java.util.Arrays;

/**
 * Reads the lines of an answer of HTTP that never ends, sent in chunks or plainly. Empty lines,
 * which keep the connection alive, are told as signs of life. Belongs to one thread.
 */
final class LineReader {
  private static final int LONGEST_HEADER = 1024;

  private final FrameReader.Sink sink;
  private final boolean chunked;
  private final int limit;
  private byte[] line = new byte[16 * 1024];
  private int length;

  /** What is left of the chunk; -1 when its size comes next, -2 when the end of its line does. */
  private long chunk = -1;

  LineReader(FrameReader.Sink sink, boolean chunked, int limit) {
    this.sink = sink;
    this.chunked = chunked;
    this.limit = limit;
  }

  /** Reads what is there, as long as the sink wants more. */
  void read(Inbox in) throws FrameException {
    while (in.length() > 0 && !sink.isPaused()) {
      if (!chunked) content(in, in.length());
      else if (chunk > 0) chunk -= content(in, (int) Math.min(in.length(), chunk));
      else if (!header(in)) return;
      if (chunk == 0) chunk = -2;
    }
  }

  /** Reads up to the end of a line, and no more than so many bytes; how many it were. */
  private int content(Inbox in, int most) throws FrameException {
    int at = in.from;
    int end = at + most;
    while (at < end && in.bytes[at] != '\n') at++;
    int size = at - in.from;
    if (size > limit - length)
      throw new FrameException(
          FrameException.TOO_LONG,
          "sent a line that is longer than the %d bytes of stream.message-limit".formatted(limit));
    if (length + size + Inbox.SLACK > line.length)
      line = Arrays.copyOf(line, Math.max(line.length * 2, length + size + Inbox.SLACK));
    System.arraycopy(in.bytes, in.from, line, length, size);
    length += size;
    boolean whole = at < end;
    int read = whole ? size + 1 : size;
    in.from += read;
    if (whole) told();
    return read;
  }

  private void told() {
    int size = length;
    length = 0;
    while (size > 0 && line[size - 1] <= ' ') size--;
    if (size == 0) sink.pong();
    else sink.message(line, 0, size);
  }

  /** Reads the line before a chunk; false if it is not whole. */
  private boolean header(Inbox in) throws FrameException {
    int at = in.from;
    while (at < in.to && in.bytes[at] != '\n') at++;
    if (at - in.from > LONGEST_HEADER) throw noChunk();
    if (at == in.to) return false;
    int from = in.from;
    in.from = at + 1;
    if (chunk == -2) {
      chunk = -1;
      return true;
    }
    long size = 0;
    int digits = 0;
    for (int i = from; i < at && Character.digit(in.bytes[i], 16) >= 0; i++, digits++)
      size = size << 4 | Character.digit(in.bytes[i], 16);
    if (digits == 0 || digits > 8) throw noChunk();
    if (size == 0) sink.close(1000, "the answer has ended");
    chunk = size == 0 ? -1 : size;
    return true;
  }

  private static FrameException noChunk() {
    return new FrameException(FrameException.PROTOCOL, "sent an answer that is not in chunks");
  }
}
