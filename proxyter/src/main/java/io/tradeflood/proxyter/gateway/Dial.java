package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.gateway.Choice.Grant;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.hop.Causes;
import io.tradeflood.proxyter.hop.Failure;
import io.tradeflood.proxyter.hop.Handshake;
import io.tradeflood.proxyter.hop.Hop;
import io.tradeflood.proxyter.hop.Names;
import io.tradeflood.proxyter.hop.PrivateRanges;
import io.tradeflood.proxyter.wire.ResponseHead;
import io.tradeflood.proxyter.wire.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One try to reach a target through one proxy: the name, the connection, TLS, and what is said
 * before the way is open. Ends in exactly one of open, failed and left. It is shared only by the
 * channels that are tried in turn where a name has several addresses.
 */
@ChannelHandler.Sharable
final class Dial extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(Dial.class.getName());

  private enum Phase {
    NAME,
    CONNECT,
    TLS,
    HANDSHAKE,
    OPEN,
    ENDED
  }

  private final Setup setup;
  private final Worker worker;
  private final Grant grant;
  private final List<Handshake> handshakes;
  private final long began;
  private Phase phase = Phase.NAME;
  private int handshake = -1;
  private long connected;
  private boolean heard;
  private boolean inputEnded;
  private InetSocketAddress[] addresses = {};
  private int nextAddress;
  private @Nullable SocketChannel channel;
  private @Nullable ByteBuf pending;

  Dial(Setup setup, Worker worker, Grant grant, List<Handshake> handshakes) {
    this.setup = setup;
    this.worker = worker;
    this.grant = grant;
    this.handshakes = handshakes;
    this.began = worker.nanos();
  }

  Grant grant() {
    return grant;
  }

  long began() {
    return began;
  }

  /** Whether the proxy has not said a word yet. */
  boolean isSilent() {
    return !heard;
  }

  /** Whether it is now for the target to take its time. */
  boolean isPatient() {
    return phase == Phase.HANDSHAKE && handshakes.get(handshake).isPatient();
  }

  /** How far it came, in the words of events. */
  String phase() {
    return switch (phase) {
      case NAME, CONNECT -> "dial";
      case TLS -> "tls";
      case HANDSHAKE, OPEN, ENDED ->
          handshake < 0 || handshake >= handshakes.size()
              ? "connect"
              : handshakes.get(handshake).phase();
    };
  }

  /** Whether anything was asked of the target or could have been. */
  boolean wasAsked() {
    return handshake >= 0 || grant.member().hop().isDirect() && connected != 0;
  }

  void start() {
    Hop hop = grant.member().hop();
    Optional<InetSocketAddress> fixed = hop.address();
    if (fixed.isPresent()) {
      connectTo(new InetSocketAddress[] {fixed.get()});
      return;
    }
    String name = hop.isDirect() ? grant.target().host() : hop.url().address().host();
    Optional<InetAddress> literal = Names.literal(name);
    if (literal.isPresent()) {
      resolved(new InetAddress[] {literal.get()});
      return;
    }
    var _ =
        worker
            .engine()
            .names()
            .resolve(name)
            .whenCompleteAsync(
                (found, failure) -> {
                  if (phase != Phase.NAME) return;
                  if (failure == null && found.length > 0) resolved(found);
                  else
                    fail(
                        hop.isDirect() ? Signal.ORIGIN_DNS : Signal.PROXY_DNS,
                        "the name %s is not known".formatted(name));
                },
                worker.loop());
  }

  private void resolved(InetAddress[] found) {
    Hop hop = grant.member().hop();
    int port = hop.isDirect() ? grant.target().port() : hop.url().address().port();
    boolean guarded =
        hop.isDirect() && !worker.engine().snapshot().settings().direct().allowPrivate();
    var allowed =
        Arrays.stream(found)
            .filter(address -> !guarded || !PrivateRanges.contains(address))
            .map(address -> new InetSocketAddress(address, port))
            .toArray(InetSocketAddress[]::new);
    if (allowed.length == 0)
      forbid(
          Refusal.denied(
              "%s is a private address: direct.allowPrivate is off"
                  .formatted(grant.target().host())));
    else connectTo(allowed);
  }

  private void connectTo(InetSocketAddress[] all) {
    phase = Phase.CONNECT;
    addresses = all;
    connectNext();
  }

  private void connectNext() {
    InetSocketAddress address = addresses[nextAddress++];
    if (worker.engine().isOwn(address)) {
      if (grant.member().hop().isDirect())
        forbid(Refusal.loop("%s is this proxy itself".formatted(grant.target())));
      else fail(Signal.PROXY_PROTOCOL, "its address is this proxy's own");
      return;
    }
    SocketChannel socket;
    try {
      socket = worker.engine().transport().socket(address.getAddress());
    } catch (ChannelException e) {
      fail(Signal.LOCAL, "no socket is left on this machine: " + Causes.reason(e));
      return;
    }
    channel = socket;
    socket.config().setAllocator(worker.allocator());
    socket.config().setAllowHalfClosure(true);
    // The worker looks at the time itself.
    socket.config().setConnectTimeoutMillis(0);
    Optional<SslContext> tls = grant.member().hop().tls();
    if (tls.isPresent()) {
      SslHandler handler =
          tls.get()
              .newHandler(
                  worker.allocator(),
                  grant.member().hop().url().address().host(),
                  grant.member().hop().url().address().port());
      handler.setHandshakeTimeoutMillis(0);
      socket.pipeline().addLast("tls", handler);
    }
    socket.pipeline().addLast("dial", this);
    ChannelFuture registered = worker.loop().register(socket);
    if (registered.isDone() && !registered.isSuccess()) {
      fail(Signal.LOCAL, "the socket cannot be used: " + Causes.reason(registered.cause()));
      return;
    }
    var _ =
        socket
            .connect(worker.engine().transport().destination(address))
            .addListener(
                done -> {
                  if (!done.isSuccess()) unreachable(socket, done.cause());
                });
  }

  /** The target, where it and no proxy is dialled. */
  private Optional<Target> dialledTarget() {
    return grant.member().hop().isDirect() ? Optional.of(grant.target()) : Optional.empty();
  }

  private void unreachable(SocketChannel socket, Throwable cause) {
    if (phase != Phase.CONNECT || !socket.equals(channel)) return;
    if (nextAddress < addresses.length) {
      var _ = socket.close();
      connectNext();
      return;
    }
    fail(Failure.unreachable(cause, dialledTarget()));
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (phase != Phase.CONNECT) return;
    connected = worker.nanos();
    if (grant.member().hop().tls().isPresent()) phase = Phase.TLS;
    else nextHandshake(ctx);
  }

  private void nextHandshake(ChannelHandlerContext ctx) {
    phase = Phase.HANDSHAKE;
    handshake++;
    if (handshake == handshakes.size()) {
      phase = Phase.OPEN;
      setup.opened(this);
      return;
    }
    ctx.writeAndFlush(handshakes.get(handshake).begin(worker.allocator()), ctx.voidPromise());
    if (pending != null && pending.isReadable()) read(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (phase != Phase.HANDSHAKE) {
      in.release();
      if (phase == Phase.CONNECT || phase == Phase.TLS)
        fail(Signal.PROXY_PROTOCOL, "it spoke first");
      return;
    }
    heard = true;
    if (pending == null) pending = in;
    else {
      pending = pending.writeBytes(in);
      in.release();
    }
    read(ctx);
  }

  private void read(ChannelHandlerContext ctx) {
    while (phase == Phase.HANDSHAKE && pending != null) {
      switch (handshakes.get(handshake).read(pending, worker)) {
        case Handshake.Step.More _ -> {
          keepPending();
          return;
        }
        case Handshake.Step.Send send -> ctx.writeAndFlush(send.bytes(), ctx.voidPromise());
        case Handshake.Step.Failed failed -> fail(failed.failure());
        case Handshake.Step.Done _ -> nextHandshake(ctx);
      }
      if (pending != null && !pending.isReadable()) {
        pending.release();
        pending = null;
      }
    }
  }

  /** The buffer of a read is shared and may be full: what waits for more gets one of its own. */
  private void keepPending() {
    ByteBuf old = pending;
    if (old == null) return;
    ByteBuf own = worker.buffer(Math.max(256, old.readableBytes() * 2));
    own.writeBytes(old);
    old.release();
    pending = own;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls) {
      if (tls.isSuccess() && phase == Phase.TLS) nextHandshake(ctx);
      else if (!tls.isSuccess())
        fail(Signal.PROXY_TLS, "it " + Causes.ofTls(tls.cause(), grant.proxy()));
    } else if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      ended();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended();
  }

  private void ended() {
    switch (phase) {
      case TLS -> fail(Signal.PROXY_TLS, "it closed during TLS");
      case HANDSHAKE -> fail(Signal.CONNECT_CLOSED, "it closed without an answer");
      case CONNECT, NAME, OPEN, ENDED -> {}
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (phase) {
      case TLS -> fail(Signal.PROXY_TLS, "it " + Causes.ofTls(cause, grant.proxy()));
      case HANDSHAKE -> fail(Signal.CONNECT_CLOSED, "it " + Causes.inWords(cause));
      case CONNECT, NAME, OPEN, ENDED -> LOG.log(System.Logger.Level.TRACE, "late failure", cause);
    }
  }

  /** Ends what takes too long. */
  void look(long nanos, Settings.Health times) {
    switch (phase) {
      case NAME, CONNECT -> {
        if (nanos - began < times.connectTimeout().toNanos()) return;
        boolean direct = grant.member().hop().isDirect();
        fail(
            direct ? Signal.ORIGIN_TIMEOUT : Signal.PROXY_TIMEOUT,
            "%s cannot be reached in %d ms"
                .formatted(
                    dialledTarget().map(Target::toString).orElse("it"),
                    times.connectTimeout().toMillis()));
      }
      case TLS, HANDSHAKE -> {
        if (!isPatient() && nanos - connected >= times.handshakeTimeout().toNanos())
          fail(
              Signal.CONNECT_SILENT,
              "no answer in %d ms".formatted(times.handshakeTimeout().toMillis()));
      }
      case OPEN, ENDED -> {}
    }
  }

  private void fail(Signal signal, String details) {
    fail(Failure.of(signal, details));
  }

  private void fail(Failure failure) {
    if (phase == Phase.ENDED || phase == Phase.OPEN) return;
    String reached = phase();
    close();
    setup.failed(this, failure, reached);
  }

  /** What is not allowed is nobody's fault. */
  private void forbid(Refusal refusal) {
    close();
    setup.forbidden(this, refusal);
  }

  /** Gives it up; nobody is told. */
  void close() {
    if (phase == Phase.OPEN) return;
    phase = Phase.ENDED;
    if (pending != null) pending.release();
    pending = null;
    if (channel != null) {
      var _ = channel.close();
    }
  }

  /** The open channel. */
  SocketChannel channel() {
    if (channel == null) throw new IllegalStateException("nothing was dialled");
    return channel;
  }

  /** What came behind the proxy's answer: it is the target's. The caller releases it. */
  Optional<ByteBuf> takeEarly() {
    ByteBuf early = pending;
    pending = null;
    if (early == null) return Optional.empty();
    if (early.isReadable()) return Optional.of(early);
    early.release();
    return Optional.empty();
  }

  /** Whether the other side has ended its half already. */
  boolean isInputEnded() {
    return inputEnded;
  }

  /** The target's answer, if it was part of what was asked for. */
  Optional<ResponseHead> response() {
    return handshakes.isEmpty()
        ? Optional.empty()
        : handshakes.get(handshakes.size() - 1).response();
  }
}
