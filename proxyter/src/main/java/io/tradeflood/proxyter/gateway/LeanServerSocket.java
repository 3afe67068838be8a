package io.tradeflood.proxyter.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.AbstractEpollServerChannel;
import io.netty.channel.epoll.EpollChannelConfig;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.SocketAddress;

/** A listening socket of epoll whose clients are a {@link LeanSocket} each. */
final class LeanServerSocket extends AbstractEpollServerChannel {
  private final EpollChannelConfig config =
      new EpollChannelConfig(this, new ServerChannelRecvByteBufAllocator()) {};

  private final int backlog;

  private LeanServerSocket(LinuxSocket socket, int backlog) {
    super(socket, false);
    this.backlog = backlog;
  }

  /**
   * One to bind.
   *
   * @param shared whether others of its kind may listen at the same port
   */
  static LeanServerSocket open(SocketProtocolFamily family, int backlog, boolean shared)
      throws IOException {
    LinuxSocket socket = LinuxSocket.newSocketStream(family);
    socket.setReuseAddress(true);
    if (shared) socket.setReusePort(true);
    // The kernel hands it on to every client's, which saves a call for each.
    socket.setTcpNoDelay(true);
    return new LeanServerSocket(socket, backlog);
  }

  @Override
  protected void doBind(SocketAddress local) throws Exception {
    super.doBind(local);
    socket.listen(backlog);
    active = true;
  }

  @Override
  protected Channel newChildChannel(int descriptor, byte[] address, int offset, int length) {
    return LeanSocket.accepted(descriptor);
  }

  @Override
  public EpollChannelConfig config() {
    return config;
  }
}
