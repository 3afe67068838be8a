package io.tradeflood.proxyter.gateway;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

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

  /** A socket to connect to an address of its own family, which costs the kernel less. */
  SocketChannel socket(InetAddress address) {
    return this == EPOLL ? LeanSocket.open(family(address)) : new NioSocketChannel();
  }

  /** What {@link SocketChannel#connect} of such a socket takes. */
  SocketAddress destination(InetSocketAddress address) {
    return this == EPOLL ? new LeanSocket.Destination(address) : address;
  }

  /**
   * A socket to listen at the address.
   *
   * @param shared whether others may listen at the same port; with epoll only
   */
  ServerChannel serverSocket(InetAddress address, int backlog, boolean shared) throws IOException {
    if (this == EPOLL) return LeanServerSocket.open(family(address), backlog, shared);
    var socket = new NioServerSocketChannel();
    socket.config().setBacklog(backlog);
    return socket;
  }

  private static SocketProtocolFamily family(InetAddress address) {
    return address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
  }
}
