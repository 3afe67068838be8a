package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;

/** What a client's protocol adds to its connection. */
interface Front {
  /**
   * Reads what it understands of the bytes so far.
   *
   * @return whether more of them may be understood now; false waits for more bytes or for {@link
   *     ClientConnection} to be free
   */
  boolean read(ByteBuf in);

  /** The head did not come in time, or never. */
  void late();
}
