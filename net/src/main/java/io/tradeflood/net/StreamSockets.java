package io.tradeflood.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The sockets of streams: the kernel's epoll where there is one, which brings a message to its
 * reader sooner, the JDK's elsewhere.
 */
final class StreamSockets {
  /** A program that has not allowed native code is spared the JVM's warning. */
  private static final boolean EPOLL =
      StreamSockets.class.getModule().isNativeAccessEnabled() && Epoll.isAvailable();

  private StreamSockets() {}

  static IoHandlerFactory handlers() {
    return EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  static Class<? extends SocketChannel> channels() {
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }
}
