package io.tradeflood.proxyter.gateway;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.Inet4Address;
import java.net.InetAddress;

/** The kind of sockets: epoll where there is one, the JDK's selectors elsewhere. */
enum Transport {
  EPOLL,
  NIO;

  static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  IoHandlerFactory handlers() {
    return this == EPOLL ? SteadyEpoll.factory() : NioIoHandler.newFactory();
  }

  /** A socket to connect to the address: of its own family, which costs the kernel less. */
  SocketChannel socket(InetAddress address) {
    return this == EPOLL ? new EpollSocketChannel(family(address)) : new NioSocketChannel();
  }

  /** A socket to listen at the address. */
  ServerSocketChannel serverSocket(InetAddress address) {
    return this == EPOLL
        ? new EpollServerSocketChannel(family(address))
        : new NioServerSocketChannel();
  }

  private static SocketProtocolFamily family(InetAddress address) {
    return address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
  }
}
