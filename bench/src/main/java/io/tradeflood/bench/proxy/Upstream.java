package io.tradeflood.bench.proxy;

import io.netty.channel.Channel;

/** One of the upstream proxies. Confined to the loop, but for its counters. */
final class Upstream {
  private final Sockets sockets;
  private final int port;
  private Channel listening;
  private volatile Fault fault = Fault.NONE;
  private volatile long served;

  Upstream(Sockets sockets) {
    this.sockets = sockets;
    this.listening = sockets.listen(0, this::handler);
    this.port = Sockets.portOf(listening);
  }

  private UpstreamHandler handler() {
    return new UpstreamHandler(this);
  }

  int port() {
    return port;
  }

  Fault fault() {
    return fault;
  }

  /** One more tunnel. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  void serve() {
    // Only the loop writes.
    served++;
  }

  /** How many tunnels it opened. */
  long served() {
    return served;
  }

  /** From now on it behaves so. */
  void behave(Fault next) {
    boolean wasOpen = fault != Fault.REFUSES;
    fault = next;
    if (next == Fault.REFUSES && wasOpen) listening.close().syncUninterruptibly();
    if (next != Fault.REFUSES && !wasOpen) listening = sockets.listen(port, this::handler);
  }
}
