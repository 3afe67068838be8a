package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.gateway.Choice.Grant;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.payload.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An open tunnel: two channels on one event loop and what was reserved for them. Of what passes it
 * looks at the first byte of either side only.
 */
final class Tunnel {
  private static final int TLS_HANDSHAKE = 0x16;
  private static final long KEEP_ALIVE_AFTER = TimeUnit.SECONDS.toNanos(30);

  private final Worker worker;
  private final Grant grant;
  private final long number;
  private final long openedAt;
  private final long opened;
  private final SocketChannel client;
  private final SocketChannel upstream;
  private final TunnelEnd clientEnd;
  private final TunnelEnd upstreamEnd;
  private final @Nullable List<ByteRate> rates;
  private long moved;
  private long bookedUp;
  private long bookedDown;
  private long firstUp;
  // Read by others for a glance.
  private volatile long up;
  private volatile long down;
  private byte firstByteUp;
  private boolean told;
  private boolean keepsAlive;
  private boolean closed;

  private Tunnel(
      Worker worker, Grant grant, long number, SocketChannel client, SocketChannel upstream) {
    this.worker = worker;
    this.grant = grant;
    this.number = number;
    this.openedAt = worker.now();
    this.opened = worker.nanos();
    this.moved = opened;
    this.client = client;
    this.upstream = upstream;
    this.rates = rates(grant);
    this.clientEnd = new TunnelEnd(this, client, upstream, true);
    this.upstreamEnd = new TunnelEnd(this, upstream, client, false);
  }

  private static @Nullable List<ByteRate> rates(Grant grant) {
    var all = new ArrayList<ByteRate>(0);
    grant.ask().admission().client().scope().bytes().ifPresent(all::add);
    grant.ask().admission().route().scope().bytes().ifPresent(all::add);
    grant.pool().scope().bytes().ifPresent(all::add);
    grant.member().proxyScope().bytes().ifPresent(all::add);
    grant.member().groupScope().bytes().ifPresent(all::add);
    grant.member().originScope(grant.ask().origin()).bytes().ifPresent(all::add);
    return all.isEmpty() ? null : all;
  }

  /**
   * Joins the client and what was dialled for it.
   *
   * @param answer what the client is told first; ours to release
   * @param early what the client has sent already; ours to release
   * @param clientEnded whether the client has ended its half already
   */
  static void open(
      Worker worker,
      Timed connection,
      SocketChannel client,
      Dial dial,
      long number,
      ByteBuf answer,
      Optional<ByteBuf> early,
      boolean clientEnded) {
    SocketChannel upstream = dial.channel();
    var tunnel = new Tunnel(worker, dial.grant(), number, client, upstream);
    client.pipeline().replace(connection, "tunnel", tunnel.clientEnd);
    upstream.pipeline().replace(dial, "tunnel", tunnel.upstreamEnd);
    relay(worker, client);
    relay(worker, upstream);
    worker.watch(tunnel.clientEnd);
    worker.engine().leases().opened(tunnel);
    Optional<ByteBuf> first = dial.takeEarly();
    if (first.isPresent()) {
      tunnel.down(first.get());
      client.write(answer, client.voidPromise());
      client.writeAndFlush(first.get(), client.voidPromise());
    } else client.writeAndFlush(answer, client.voidPromise());
    if (early.isPresent()) {
      tunnel.up(early.get());
      upstream.writeAndFlush(early.get(), upstream.voidPromise());
    }
    if (clientEnded) tunnel.clientEnd.inputEnded();
    if (dial.isInputEnded()) tunnel.upstreamEnd.inputEnded();
    if (!client.config().isAutoRead()) client.config().setAutoRead(true);
    if (!client.isActive()) tunnel.clientEnd.gone();
    if (!upstream.isActive()) tunnel.upstreamEnd.gone();
  }

  /** What TLS has read in part waits for the rest. */
  private static void relay(Worker worker, SocketChannel channel) {
    if (channel instanceof LeanSocket socket && channel.pipeline().get(SslHandler.class) == null)
      socket.relayBy(worker.relay());
  }

  long number() {
    return number;
  }

  String proxy() {
    return grant.proxy();
  }

  String group() {
    return grant.pool().id();
  }

  Payload payload() {
    return grant.ask().admission().payload();
  }

  Lease lease(Optional<Instant> closedAt) {
    return new Lease(
        number,
        payload().id(),
        grant.ask().admission().client().name(),
        payload().type(),
        grant.proxy(),
        grant.pool().id(),
        grant.ask().origin(),
        grant.target().toString(),
        Instant.ofEpochMilli(openedAt),
        closedAt,
        up,
        down);
  }

  /** Bytes of the client pass. */
  void up(ByteBuf bytes) {
    if (up == 0 && bytes.isReadable()) {
      firstByteUp = bytes.getByte(bytes.readerIndex());
      firstUp = worker.nanos();
      moved = firstUp;
    } else moved = worker.coarseNanos();
    up += bytes.readableBytes();
  }

  /** Bytes of the target pass. */
  void down(ByteBuf bytes) {
    if (down == 0 && bytes.isReadable()) answered(bytes.getByte(bytes.readerIndex()));
    moved = worker.coarseNanos();
    down += bytes.readableBytes();
  }

  /** The target has said something at last, even if it was told of as mute before. */
  private void answered(byte first) {
    // Whoever answers a ClientHello with a page of HTML is no more the target than who alerts.
    boolean refused = firstByteUp == TLS_HANDSHAKE && first != TLS_HANDSHAKE;
    tell(refused ? Signal.TUNNEL_ALERT : Signal.OK);
  }

  /** How long reading must pause after so many bytes, in nanoseconds. */
  long pauseAfter(int bytes) {
    if (rates == null) return 0;
    long wait = 0;
    for (ByteRate rate : rates) wait = Math.max(wait, rate.pass(bytes, worker.nanos()));
    return wait;
  }

  private void tell(Signal signal) {
    told = true;
    Setup.report(
        worker, grant, signal, "tunnel", worker.nanos() - opened, OptionalLong.empty(), number);
  }

  /** The target's side has ended. */
  void upstreamEnded(boolean reset) {
    // When the client went first it is we who ended it.
    if (!client.isOpen()) return;
    if (down == 0 && up > 0) {
      if (!told) tell(Signal.TUNNEL_RESET);
    } else if (reset && down > 0) tell(Signal.TUNNEL_CUT);
  }

  /** Called several times a second. */
  void look(long nanos) {
    book();
    Settings.Route route = grant.ask().admission().route().settings();
    long idle = nanos - moved;
    if (idle >= route.maxIdle().toNanos()
        || route.maxAge().isPresent() && nanos - opened >= route.maxAge().get().toNanos()) {
      close();
      return;
    }
    if (!keepsAlive && nanos - opened >= KEEP_ALIVE_AFTER) {
      // Short tunnels need none, and do without two system calls.
      keepsAlive = true;
      client.config().setOption(ChannelOption.SO_KEEPALIVE, true);
      upstream.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    }
    if (!told && down == 0 && up > 0 && firstByteUp == TLS_HANDSHAKE) {
      long patience =
          grant.ask().admission().snapshot().settings().health().handshakeTimeout().toNanos();
      if (nanos - firstUp >= patience) tell(Signal.TUNNEL_MUTE);
    }
  }

  /** Tells the proxy's load what has passed since the last time. */
  private void book() {
    long newUp = up - bookedUp;
    long newDown = down - bookedDown;
    if (newUp == 0 && newDown == 0) return;
    bookedUp += newUp;
    bookedDown += newDown;
    grant.member().upstream().load().bytes(newUp, newDown);
  }

  /** From any thread. */
  void closeSoon() {
    worker.loop().execute(this::close);
  }

  void close() {
    var _ = client.close();
    var _ = upstream.close();
  }

  /** One of the channels has closed; when both have, everything is given back. */
  void gone() {
    if (closed || client.isOpen() || upstream.isOpen()) return;
    closed = true;
    // A tunnel that nobody spoke in was opened all the same; one that was not answered was left.
    if (!told) tell(up == 0 ? Signal.OK : Signal.CLIENT_LEFT);
    worker.unwatch(clientEnd);
    grant.member().upstream().load().tunnelClosed();
    book();
    grant.held().close(worker.now());
    worker.engine().leases().closed(this);
    worker.engine().released();
  }

  Worker worker() {
    return worker;
  }

  /** Ends our half of a channel behind all that was written to it. */
  static void endOutput(SocketChannel channel) {
    if (!channel.isActive()) return;
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) tls.closeOutbound();
    else if (isFlushed(channel)) endOutputNow(channel);
    else {
      var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> endOutputNow(channel));
    }
  }

  private static void endOutputNow(SocketChannel channel) {
    if (!channel.isActive() || channel.isOutputShutdown()) return;
    if (channel instanceof LeanSocket lean) lean.endOutput();
    else {
      var _ = channel.shutdownOutput();
    }
    // When the other side ends its half as well, nothing is left to be kept open for.
    channel.config().setAllowHalfClosure(false);
  }

  /** Closes a channel behind all that was written to it. */
  static void closeBehind(Channel channel) {
    if (!channel.isActive()
        || isFlushed(channel) && channel.pipeline().get(SslHandler.class) == null) {
      var _ = channel.close();
      return;
    }
    var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Whether nothing that was written waits for the socket. */
  private static boolean isFlushed(Channel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting != null && waiting.totalPendingWriteBytes() == 0;
  }
}
