package io.tradeflood.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.handler.ssl.SslCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.resolver.NoopAddressResolverGroup;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.Route;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Opens one connection. Names of exchanges behind a proxy are resolved by the proxy; the others,
 * and the first word with a Proxyter, are had on a virtual thread, since they block.
 */
final class StreamDial {
  private final NettyStreamWire wire;
  private final StreamSocket socket;
  private final WireRequest wanted;

  StreamDial(NettyStreamWire wire, StreamSocket socket) {
    this.wire = wire;
    this.socket = socket;
    wanted = socket.wanted();
  }

  void begin() {
    Thread.ofVirtual().name("tradeflood-dial").start(this::prepare);
  }

  private void prepare() {
    try {
      var addresses =
          switch (wanted.route()) {
            case Route.Direct _ -> resolve(wanted.address().host());
            case Route.Via via -> resolve(via.host());
            case Route.Proxyter proxyter -> {
              wire.greeting().to(proxyter.address(), wanted.payload());
              yield resolve(proxyter.address().host());
            }
          };
      socket.loop().execute(() -> connect(addresses, 0));
    } catch (WireFailure failure) {
      socket.loop().execute(() -> socket.fail(failure));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // nobody does, as this thread is nobody else's
    }
  }

  private List<InetAddress> resolve(String host) throws WireFailure {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException unknown) {
      throw Diagnosis.of(wanted).unknown(host, unknown);
    }
  }

  /** The addresses one after the other, as long as they do not answer. */
  private void connect(List<InetAddress> addresses, int which) {
    if (socket.isOver()) return;
    ChannelFuture connecting = connect(addresses.get(which));
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            if (socket.isOver()) connecting.channel().close();
            return;
          }
          boolean another = wanted.route() instanceof Route.Direct && which + 1 < addresses.size();
          if (another) connect(addresses, which + 1);
          else socket.fail(Diagnosis.of(wanted).connecting(done.cause()));
        });
  }

  private ChannelFuture connect(InetAddress address) {
    var exchange = wanted.address();
    var target =
        wanted.route() instanceof Route.Direct
            ? new InetSocketAddress(address, exchange.port())
            : InetSocketAddress.createUnresolved(exchange.host(), exchange.port());
    return new Bootstrap()
        .group(socket.loop().netty())
        .channel(StreamSockets.channels())
        .resolver(NoopAddressResolverGroup.INSTANCE)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(wire.settings().connect()))
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        // The allocator by default makes a new direct buffer for each long read.
        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) throws Exception {
                var pipeline = channel.pipeline();
                if (wanted.route() instanceof Route.Proxyter(var proxyter, _, _, _)
                    && proxyter.secure()) {
                  pipeline.addLast(
                      tls(channel, wire.proxyterTls(), proxyter.host(), proxyter.port()));
                  pipeline.addLast(new OuterTls(proxyter));
                }
                proxy(address).ifPresent(pipeline::addLast);
                if (exchange.secure())
                  pipeline.addLast(tls(channel, wire.tls(), exchange.host(), exchange.port()));
                pipeline.addLast(socket);
              }
            })
        .connect(target);
  }

  private SslHandler tls(Channel channel, SslContext context, String host, int port) {
    var tls = context.newHandler(channel.alloc(), host, port);
    tls.setHandshakeTimeoutMillis(wire.settings().tls().toMillis());
    return tls;
  }

  /**
   * Hears how agreeing with Proxyter on TLS ends: for the socket only the exchange's TLS counts.
   */
  private final class OuterTls extends ChannelInboundHandlerAdapter {
    private final ProxyterAddress proxyter;

    OuterTls(ProxyterAddress proxyter) {
      this.proxyter = proxyter;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent agreed && !agreed.isSuccess())
        socket.fail(Diagnosis.tls(proxyter, agreed.cause()));
      if (!(event instanceof SslCompletionEvent)) ctx.fireUserEventTriggered(event);
    }
  }

  private Optional<ProxyHandler> proxy(InetAddress address) {
    Optional<ProxyHandler> handler =
        switch (wanted.route()) {
          case Route.Direct _ -> Optional.empty();
          case Route.Via via -> Optional.of(via(via, new InetSocketAddress(address, via.port())));
          case Route.Proxyter proxyter ->
              Optional.of(
                  new HttpProxyHandler(
                      new InetSocketAddress(address, proxyter.address().port()),
                      wanted.payload(),
                      proxyter.address().secret().orElse("")));
        };
    handler.ifPresent(one -> one.setConnectTimeoutMillis(wire.settings().connect().toMillis()));
    return handler;
  }

  private static ProxyHandler via(Route.Via via, InetSocketAddress proxy) {
    var who = via.credentials();
    return switch (via.protocol()) {
      case HTTP ->
          who.isPresent()
              ? new HttpProxyHandler(proxy, who.get().user(), who.get().password())
              : new HttpProxyHandler(proxy);
      case SOCKS5 ->
          who.isPresent()
              ? new Socks5ProxyHandler(proxy, who.get().user(), who.get().password())
              : new Socks5ProxyHandler(proxy);
    };
  }

  private static int millis(Duration time) {
    return (int) Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
  }
}
