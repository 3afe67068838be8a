package io.tradeflood.proxyter.gateway;

import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** A client's connection, as its worker sees it. */
abstract class Timed extends ChannelInboundHandlerAdapter {
  /** The worker's list; null where it ends or when this is in none. */
  @Nullable Timed previous;

  @Nullable Timed next;

  /** Closes what has lasted too long. */
  abstract void look(long nanos);

  abstract void close();

  /** Closes it if it has nothing to do. */
  void closeIfIdle() {}
}
