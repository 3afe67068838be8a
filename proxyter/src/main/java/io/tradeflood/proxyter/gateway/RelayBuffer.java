package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The one buffer that all tunnels of an event loop read into, one after another: what passes is
 * written on before the next one reads, so it lies in the processor's nearest cache. What cannot be
 * written at once keeps the buffer, and the next read gets another.
 *
 * <p>Used by its event loop's thread only.
 */
final class RelayBuffer {
  /** Large enough to be worth a system call, small enough for the nearest caches. */
  static final int SIZE = 32 << 10;

  /** What is smaller and has to wait is copied, rather than to keep a whole buffer. */
  private static final int SMALL = SIZE / 2;

  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf buffer;

  RelayBuffer(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** Empty, and the caller's to release. */
  ByteBuf take() {
    ByteBuf current = buffer;
    if (current == null || current.refCnt() > 1) {
      if (current != null) current.release();
      current = allocator.directBuffer(SIZE, SIZE);
      buffer = current;
    }
    return current.clear().retain();
  }

  /**
   * What is written behind something that waits: a few bytes go into a buffer of their size, lest
   * the many small messages for somebody who does not read keep a large one each.
   */
  ByteBuf behind(ByteBuf bytes) {
    int count = bytes.readableBytes();
    if (count > SMALL || bytes.capacity() <= SMALL) return bytes;
    ByteBuf own = allocator.directBuffer(count).writeBytes(bytes);
    bytes.release();
    return own;
  }

  /** Gives it back; the next read would make another. */
  void release() {
    if (buffer != null) buffer.release();
    buffer = null;
  }
}
