package io.tradeflood.bench.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What a client says in an open tunnel: how many bytes it wants. */
final class Ask {
  /** About what a small request of a market-data client takes. */
  static final int BYTES = 100;

  private Ask() {}

  /** The question for so many bytes; to be duplicated for each use. */
  static ByteBuf of(long answer) {
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer(BYTES).writeLong(answer).writeZero(BYTES - Long.BYTES));
  }
}
