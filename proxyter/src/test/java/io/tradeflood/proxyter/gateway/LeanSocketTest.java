package io.tradeflood.proxyter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeanSocketTest {
  private MultiThreadIoEventLoopGroup loops;

  @BeforeEach
  void start() {
    assumeThat(Transport.best()).as("epoll is Linux's").isEqualTo(Transport.EPOLL);
    loops = new MultiThreadIoEventLoopGroup(1, Transport.EPOLL.handlers());
  }

  @AfterEach
  void stop() {
    if (loops != null) loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
  }

  private ServerChannel listen(CompletableFuture<SocketChannel> client) throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    ServerChannel server = Transport.EPOLL.serverSocket(here, 16, false);
    server
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                var taken = (SocketChannel) message;
                context
                    .channel()
                    .eventLoop()
                    .register(taken)
                    .addListener(_ -> client.complete(taken));
              }
            });
    loops.register(server).syncUninterruptibly();
    server.bind(new InetSocketAddress(here, 0)).syncUninterruptibly();
    return server;
  }

  private SocketChannel dial(InetSocketAddress address) {
    SocketChannel socket = Transport.EPOLL.socket(address.getAddress());
    loops.register(socket).syncUninterruptibly();
    socket.connect(Transport.EPOLL.destination(address)).awaitUninterruptibly(5_000);
    return socket;
  }

  @Test
  void bothEndsSendWithoutDelayAndKnowTheirAddressesWhenAsked() throws Exception {
    var client = new CompletableFuture<SocketChannel>();
    Channel server = listen(client);
    var address = (InetSocketAddress) server.localAddress();
    SocketChannel ours = dial(address);
    SocketChannel theirs = client.get(5, TimeUnit.SECONDS);
    assertThat(ours.isActive() && theirs.isActive()).isTrue();
    assertThat(ours.config().isTcpNoDelay()).isTrue();
    assertThat(theirs.config().isTcpNoDelay()).as("taken over from the listening one").isTrue();
    assertThat(ours.remoteAddress()).isEqualTo(address);
    assertThat(theirs.localAddress()).isEqualTo(address);
    assertThat(theirs.remoteAddress()).isEqualTo(ours.localAddress());
    ours.close().syncUninterruptibly();
    theirs.close().syncUninterruptibly();
    assertThat(ours.isOpen() || theirs.isOpen()).isFalse();
    server.close().syncUninterruptibly();
  }

  @Test
  void itsOptionsAreTheKernels() throws Exception {
    var client = new CompletableFuture<SocketChannel>();
    Channel server = listen(client);
    SocketChannel ours = dial((InetSocketAddress) server.localAddress());
    assertThat(ours.config().setOption(ChannelOption.SO_KEEPALIVE, true)).isTrue();
    assertThat(ours.config().isKeepAlive()).isTrue();
    assertThat(ours.config().getSoLinger()).isEqualTo(-1);
    assertThat(ours.config().setOption(ChannelOption.SO_LINGER, 0)).isTrue();
    assertThat(ours.config().getSoLinger()).isZero();
    assertThat(ours.config().isAllowHalfClosure()).isFalse();
    assertThat(ours.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true)).isTrue();
    assertThat(ours.config().isAllowHalfClosure()).isTrue();
    ours.close().syncUninterruptibly();
    client.get(5, TimeUnit.SECONDS).close().syncUninterruptibly();
    server.close().syncUninterruptibly();
  }

  @Test
  void whereNobodyListensItIsRefused() throws Exception {
    var client = new CompletableFuture<SocketChannel>();
    Channel server = listen(client);
    var address = (InetSocketAddress) server.localAddress();
    server.close().syncUninterruptibly();
    SocketChannel socket = Transport.EPOLL.socket(address.getAddress());
    loops.register(socket).syncUninterruptibly();
    var connected = socket.connect(Transport.EPOLL.destination(address));
    assertThat(connected.awaitUninterruptibly(5_000)).isTrue();
    assertThat(connected.cause()).isInstanceOf(java.net.ConnectException.class);
    assertThat(connected.cause()).hasMessageContaining("refused");
    // Who waits is told before the socket is closed.
    assertThat(socket.closeFuture().awaitUninterruptibly(5_000)).isTrue();
    assertThat(socket.isOpen()).isFalse();
  }
}
