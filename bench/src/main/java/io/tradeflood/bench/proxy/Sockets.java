package io.tradeflood.bench.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** One thread with all sockets of a process; so little of it that it is never what limits. */
final class Sockets {
  private static final int BACKLOG = 4_096;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final EventLoop loop = group.next();

  private final Bootstrap clients =
      new Bootstrap()
          .group(group)
          .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
          .option(ChannelOption.TCP_NODELAY, true)
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 2_000)
          .option(
              ChannelOption.RECVBUF_ALLOCATOR,
              new AdaptiveRecvByteBufAllocator(512, 2_048, 262_144));

  EventLoop loop() {
    return loop;
  }

  /** A connection to an address of this machine. */
  void connect(InetSocketAddress address, ChannelHandler handler, Runnable failed) {
    clients
        .clone()
        .handler(handler)
        .connect(address)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) failed.run();
            });
  }

  /** Listens; on a free port if it is 0. */
  Channel listen(int port, Supplier<ChannelHandler> handlers) {
    return new ServerBootstrap()
        .group(group)
        .channel(
            Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 2_048, 262_144))
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handlers.get());
              }
            })
        .bind("127.0.0.1", port)
        .syncUninterruptibly()
        .channel();
  }

  static int portOf(Channel listening) {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }
}
