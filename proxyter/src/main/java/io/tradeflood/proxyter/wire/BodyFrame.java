package io.tradeflood.proxyter.wire;

import io.netty.buffer.ByteBuf;

/**
 * Finds the end of a body while its bytes pass by unchanged. Used by one thread; the position is
 * kept between buffers.
 */
public final class BodyFrame {
  private static final int MAX_LINE = 4_096;
  private static final int MAX_TRAILERS = 8_192;

  private enum State {
    /** So many bytes, then the end. */
    LENGTH,
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER_START,
    TRAILER,
    TRAILER_LF,
    LAST_LF,
    UNTIL_CLOSE,
    DONE
  }

  private State state;
  private long left;
  private int digits;
  private int line;
  private int trailers;

  private BodyFrame(State state, long left) {
    this.state = state;
    this.left = left;
  }

  /** So many bytes. */
  public static BodyFrame length(long length) {
    return new BodyFrame(length == 0 ? State.DONE : State.LENGTH, length);
  }

  public static BodyFrame chunked() {
    return new BodyFrame(State.SIZE, 0);
  }

  /** Up to the end of the connection. */
  public static BodyFrame untilClose() {
    return new BodyFrame(State.UNTIL_CLOSE, 0);
  }

  public boolean isDone() {
    return state == State.DONE;
  }

  public boolean isUntilClose() {
    return state == State.UNTIL_CLOSE;
  }

  /**
   * Goes over the readable bytes without reading them.
   *
   * @return how many of them belong to the body
   * @throws WireException if the chunks are broken
   */
  public int advance(ByteBuf in) {
    int start = in.readerIndex();
    int end = in.writerIndex();
    int at = start;
    while (at < end && state != State.DONE) {
      switch (state) {
        case LENGTH, DATA -> {
          int some = (int) Math.min(left, end - at);
          at += some;
          left -= some;
          if (left == 0) state = state == State.LENGTH ? State.DONE : State.DATA_CR;
        }
        case UNTIL_CLOSE -> at = end;
        default -> step(in.getByte(at++));
      }
    }
    return at - start;
  }

  private void step(byte b) {
    switch (state) {
      case SIZE -> size(b);
      case EXTENSION -> {
        if (b == '\r') state = State.SIZE_LF;
        else text(b, ++line, MAX_LINE);
      }
      case SIZE_LF -> {
        expect(b, '\n');
        state = left == 0 ? State.TRAILER_START : State.DATA;
        digits = 0;
        line = 0;
      }
      case DATA_CR -> {
        expect(b, '\r');
        state = State.DATA_LF;
      }
      case DATA_LF -> {
        expect(b, '\n');
        state = State.SIZE;
      }
      case TRAILER_START -> {
        state = b == '\r' ? State.LAST_LF : State.TRAILER;
        if (b != '\r') text(b, ++trailers, MAX_TRAILERS);
      }
      case TRAILER -> {
        if (b == '\r') state = State.TRAILER_LF;
        else text(b, ++trailers, MAX_TRAILERS);
      }
      case TRAILER_LF -> {
        expect(b, '\n');
        state = State.TRAILER_START;
      }
      case LAST_LF -> {
        expect(b, '\n');
        state = State.DONE;
      }
      case LENGTH, DATA, UNTIL_CLOSE, DONE -> throw new IllegalStateException(state.name());
    }
  }

  private void size(byte b) {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      if (++digits > 15) throw new WireException("a chunk's size has too many digits");
      left = left << 4 | digit;
      return;
    }
    if (digits == 0) throw new WireException("a chunk's size is missing");
    if (b == '\r') state = State.SIZE_LF;
    else if (b == ';' || b == ' ' || b == '\t') state = State.EXTENSION;
    else throw new WireException("a chunk's size is no number");
  }

  private static void text(byte b, int length, int most) {
    if (length > most) throw new WireException("a chunk's line is too long");
    if (b >= 0 && b < ' ' && b != '\t' || b == 127)
      throw new WireException("a chunk's line has a control character");
  }

  private static void expect(byte b, char c) {
    if (b != c) throw new WireException("a chunk does not end as it should");
  }
}
