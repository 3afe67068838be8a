package io.tradeflood.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Walks over the frames of a WebSocket (RFC 6455), as a server sends them, in place: a message in
 * one frame is handed on where it stands. Those in parts and those that are packed (RFC 7692) are
 * put together in an array that is used again. Texts are not checked to be UTF-8: who reads them
 * does so. Belongs to one thread.
 */
final class FrameReader implements AutoCloseable {
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LONGEST_CONTROL = 125;
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  /** Takes what the frames say. */
  interface Sink {
    /** A message; valid until this returns. */
    void message(byte[] bytes, int offset, int length);

    void ping(byte[] bytes, int offset, int length);

    void pong();

    /** The other side closes; nothing is read any more. */
    void close(int code, String reason);

    /** Whether nothing more is wanted for now. */
    boolean isPaused();
  }

  private final Sink sink;
  private final int limit;
  private final boolean packed;
  private final boolean fresh;
  private final Inflater inflater = new Inflater(true);
  private byte[] whole = new byte[16 * 1024];
  private int length;
  private boolean parts;
  private boolean partsPacked;
  private boolean closed;

  /**
   * @param packed whether messages may be packed
   * @param fresh whether each is packed for itself
   * @param limit the longest message, unpacked, in bytes
   */
  FrameReader(Sink sink, boolean packed, boolean fresh, int limit) {
    this.sink = sink;
    this.packed = packed;
    this.fresh = fresh;
    this.limit = limit;
  }

  /** Reads all frames that are whole, as long as the sink wants more. */
  void read(Inbox in) throws FrameException {
    while (!closed && !sink.isPaused()) {
      int have = in.length();
      if (have < 2) return;
      byte[] bytes = in.bytes;
      int at = in.from;
      int second = bytes[at + 1];
      if (second < 0) throw new FrameException(FrameException.PROTOCOL, "sent a masked frame");
      int header = second < 126 ? 2 : second == 126 ? 4 : 10;
      if (have < header) return;
      long frame = second < 126 ? second : number(bytes, at + 2, at + header);
      int opcode = bytes[at] & 0x0F;
      if (opcode >= CLOSE && (frame > LONGEST_CONTROL || bytes[at] >= 0))
        throw new FrameException(
            FrameException.PROTOCOL, "sent a control frame that is long or in parts");
      if (frame < 0 || frame > limit) throw tooLong();
      if (have < header + frame) return;
      in.from = at + header + (int) frame;
      frame(bytes[at], opcode, bytes, at + header, (int) frame);
    }
  }

  private static long number(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) number = number << 8 | bytes[i] & 0xFF;
    return number;
  }

  private void frame(int first, int opcode, byte[] bytes, int offset, int size)
      throws FrameException {
    boolean last = first < 0;
    boolean isPacked = (first & 0x40) != 0;
    boolean begins = opcode == TEXT || opcode == BINARY;
    if ((first & 0x30) != 0 || isPacked && !(packed && begins))
      throw new FrameException(FrameException.PROTOCOL, "sent a frame with bits that mean nothing");
    switch (opcode) {
      case TEXT, BINARY -> {
        if (parts)
          throw new FrameException(
              FrameException.PROTOCOL, "began a message before the one before it had ended");
        if (last && !isPacked) {
          sink.message(bytes, offset, size);
          return;
        }
        length = 0;
        partsPacked = isPacked;
        part(bytes, offset, size, last);
      }
      case CONTINUATION -> {
        if (!parts)
          throw new FrameException(
              FrameException.PROTOCOL, "went on with a message that it had not begun");
        part(bytes, offset, size, last);
      }
      case CLOSE -> close(bytes, offset, size);
      case PING -> sink.ping(bytes, offset, size);
      case PONG -> sink.pong();
      default ->
          throw new FrameException(
              FrameException.PROTOCOL, "sent a frame of the unknown kind " + opcode);
    }
  }

  private void part(byte[] bytes, int offset, int size, boolean last) throws FrameException {
    parts = !last;
    if (partsPacked) {
      unpack(bytes, offset, size);
      if (last) endPacked();
    } else {
      if (size > limit - length) throw tooLong();
      makeRoom(size);
      System.arraycopy(bytes, offset, whole, length, size);
      length += size;
    }
    if (last) sink.message(whole, 0, length);
  }

  private void endPacked() throws FrameException {
    unpack(TAIL, 0, TAIL.length);
    if (fresh) inflater.reset();
  }

  private void unpack(byte[] bytes, int offset, int size) throws FrameException {
    inflater.setInput(bytes, offset, size);
    try {
      while (true) {
        makeRoom(1);
        int got = inflater.inflate(whole, length, whole.length - Inbox.SLACK - length);
        length += got;
        if (length > limit) throw tooLong();
        if (got > 0) continue;
        if (inflater.finished()) {
          int left = inflater.getRemaining();
          inflater.reset();
          if (left == 0) return;
          inflater.setInput(bytes, offset + size - left, left);
        } else if (inflater.needsInput()) return;
        else throw new DataFormatException("it needs a dictionary");
      }
    } catch (DataFormatException broken) {
      throw new FrameException(
          FrameException.UNREADABLE,
          "sent a packed message that is broken: " + broken.getMessage());
    }
  }

  private void makeRoom(int more) {
    int wanted = length + more + Inbox.SLACK;
    if (wanted > whole.length) whole = Arrays.copyOf(whole, Math.max(whole.length * 2, wanted));
  }

  private void close(byte[] bytes, int offset, int size) throws FrameException {
    if (size == 1) throw new FrameException(FrameException.PROTOCOL, "closed with half a code");
    closed = true;
    int code = size == 0 ? 1005 : (int) number(bytes, offset, offset + 2);
    String reason =
        size <= 2 ? "" : new String(bytes, offset + 2, size - 2, StandardCharsets.UTF_8);
    sink.close(code, reason);
  }

  private FrameException tooLong() {
    return new FrameException(
        FrameException.TOO_LONG,
        "sent a message that is longer than the %d bytes of stream.message-limit".formatted(limit));
  }

  @Override
  public void close() {
    closed = true;
    inflater.end();
  }

  /** A whole frame as a client sends it. */
  static byte[] text(String text, int mask) {
    return masked(TEXT, text.getBytes(StandardCharsets.UTF_8), mask);
  }

  static byte[] ping(int mask) {
    return masked(PING, new byte[0], mask);
  }

  static byte[] pong(byte[] payload, int mask) {
    return masked(PONG, payload, mask);
  }

  static byte[] close(int code, int mask) {
    return masked(CLOSE, new byte[] {(byte) (code >> 8), (byte) code}, mask);
  }

  private static byte[] masked(int opcode, byte[] payload, int mask) {
    int size = payload.length;
    int header = size < 126 ? 2 : size < 65_536 ? 4 : 10;
    byte[] frame = new byte[header + 4 + size];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | (header == 2 ? size : header == 4 ? 126 : 127));
    for (int i = header - 1, left = size; i >= 2; i--, left >>>= 8) frame[i] = (byte) left;
    for (int i = 0; i < 4; i++) frame[header + i] = (byte) (mask >>> 24 - 8 * i);
    for (int i = 0; i < size; i++)
      frame[header + 4 + i] = (byte) (payload[i] ^ frame[header + (i & 3)]);
    return frame;
  }
}
