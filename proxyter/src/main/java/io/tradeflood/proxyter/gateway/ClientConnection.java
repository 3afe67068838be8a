package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.hop.Names;
import io.tradeflood.proxyter.wire.Target;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection until it becomes a tunnel. The first byte decides what is spoken; while a
 * way is looked for, what the client sends is kept, up to a bound, and belongs to the tunnel.
 */
final class ClientConnection extends Timed {
  private static final int SOCKS = 5;
  private static final int TLS = 0x16;
  private static final int MAX_EARLY = 65_536;

  private final Worker worker;
  private final SocketChannel channel;
  private final Optional<String> listenerPayload;
  private @Nullable Front front;
  private @Nullable ByteBuf pending;
  private @Nullable Setup setup;
  private @Nullable Exchange exchange;
  private boolean tls;
  private boolean inputEnded;
  private boolean reading;
  private boolean closing;

  /** When it was last free, or its head began, in nanoseconds. */
  private long since;

  /**
   * @param listenerPayload what the port that it came in by stands for
   */
  ClientConnection(Worker worker, SocketChannel channel, Optional<String> listenerPayload) {
    this.worker = worker;
    this.channel = channel;
    this.listenerPayload = listenerPayload;
    this.since = worker.nanos();
  }

  Worker worker() {
    return worker;
  }

  SocketChannel channel() {
    return channel;
  }

  Optional<String> listenerPayload() {
    return listenerPayload;
  }

  @Override
  public void channelRegistered(ChannelHandlerContext ctx) {
    // From here on it is on its own loop.
    worker.watch(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (closing) {
      in.release();
      return;
    }
    if (front == null && !begins(ctx, in)) return;
    if (pending == null) pending = in;
    else {
      pending = pending.writeBytes(in);
      in.release();
    }
    feed();
    understand();
  }

  /** Hands what is pending to the request whose body it is. */
  void feed() {
    ByteBuf bytes = pending;
    if (exchange == null || bytes == null || !exchange.wantsBody()) return;
    exchange.body(bytes);
    // A broken body may have closed everything.
    if (pending == null || bytes.isReadable()) return;
    bytes.release();
    pending = null;
  }

  /** Looks at the first byte; false if that is the end of it. */
  private boolean begins(ChannelHandlerContext ctx, ByteBuf in) {
    int first = in.getByte(in.readerIndex());
    Optional<SslContext> context = worker.engine().snapshot().listenTls();
    if (first == SOCKS) front = new SocksFront(this);
    else if (first >= 'A' && first <= 'Z' || first >= 'a' && first <= 'z')
      front = new HttpFront(this);
    else if (first == TLS && !tls && context.isPresent()) {
      tls = true;
      SslHandler handler = context.get().newHandler(worker.allocator());
      handler.setHandshakeTimeoutMillis(0);
      ctx.pipeline().addFirst("tls", handler);
      ctx.pipeline().fireChannelRead(in);
      return false;
    } else {
      in.release();
      worker.engine().count(Outcome.MALFORMED);
      close();
      return false;
    }
    return true;
  }

  /** Lets the front read as far as it can. */
  void understand() {
    if (reading || front == null || closing) return;
    reading = true;
    try {
      while (pending != null && pending.isReadable() && isFree() && front.read(pending)) {}
    } finally {
      reading = false;
    }
    if (pending != null && !pending.isReadable()) {
      pending.release();
      pending = null;
    }
    keepPending();
    if (isFree()) channel.config().setAutoRead(true);
    else if (pending != null && pending.readableBytes() >= MAX_EARLY)
      channel.config().setAutoRead(false);
  }

  /** The buffer of a read is larger than what is kept of it for long. */
  private void keepPending() {
    ByteBuf old = pending;
    if (old == null || old.maxCapacity() != Integer.MAX_VALUE && old.isWritable()) return;
    ByteBuf own = worker.buffer(Math.max(256, old.readableBytes()));
    own.writeBytes(old);
    old.release();
    pending = own;
  }

  /** As {@link #understand}, when what runs now is over. */
  void understandSoon() {
    if (!closing) worker.loop().execute(this::understand);
  }

  private boolean isFree() {
    return setup == null && exchange == null && !closing;
  }

  boolean isInputEnded() {
    return inputEnded;
  }

  /** Begins to look for a way. */
  void ask(Ask ask, Asker asker) {
    var begun = new Setup(worker, worker.engine().feedbacks().heard(ask), asker);
    setup = begun;
    begun.start();
  }

  /** Nothing is looked for any more. */
  void setupEnded() {
    setup = null;
    since = worker.nanos();
  }

  void exchange(Optional<Exchange> running) {
    exchange = running.orElse(null);
    since = worker.nanos();
  }

  /** What the client has sent and nobody has read; the caller releases it. */
  Optional<ByteBuf> takePending() {
    ByteBuf bytes = pending;
    pending = null;
    if (bytes == null) return Optional.empty();
    if (bytes.isReadable()) return Optional.of(bytes);
    bytes.release();
    return Optional.empty();
  }

  /** The way is open: the connection becomes one end of a tunnel. */
  void tunnel(Dial dial, long number, ByteBuf answer) {
    setup = null;
    worker.unwatch(this);
    dial.grant().ask().admission().route().counts().count(Outcome.OPENED);
    Tunnel.open(worker, this, channel, dial, number, answer, takePending(), inputEnded);
  }

  /** Whether the target may be asked for; else why not. */
  Optional<Refusal> forbidden(Target target) {
    Settings.Listen listen = worker.engine().snapshot().settings().listen();
    if (!listen.ports().isEmpty() && !listen.ports().contains(target.port()))
      return Optional.of(
          Refusal.denied(
              "port %d is not allowed: expected one of %s"
                  .formatted(target.port(), List.copyOf(listen.ports()))));
    boolean own =
        worker.engine().ownPorts().contains(target.port())
            && Names.literal(target.host())
                .map(a -> worker.engine().isOwn(new InetSocketAddress(a, target.port())))
                .orElse(target.host().equals("localhost"));
    return own
        ? Optional.of(Refusal.loop("%s is this proxy itself".formatted(target)))
        : Optional.empty();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
      inputEnded = true;
      // Who has sent something for the tunnel may have meant it; who has not has left.
      boolean mayWait = setup != null && pending != null || exchange != null;
      if (!mayWait) close();
      else if (exchange != null) exchange.clientEnded();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (exchange != null) exchange.clientWritable(channel.isWritable());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (exchange != null) exchange.flushBody();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    close();
  }

  @Override
  void look(long nanos) {
    if (exchange != null) {
      exchange.look(nanos);
      return;
    }
    if (setup != null) return;
    Settings.Listen listen = worker.engine().snapshot().settings().listen();
    boolean between = front instanceof HttpFront http && http.isBetween() && pending == null;
    long patience = between ? listen.idleTimeout().toNanos() : listen.headTimeout().toNanos();
    if (nanos - since < patience) return;
    if (front != null && !between) front.late();
    close();
  }

  @Override
  void closeIfIdle() {
    if (front instanceof HttpFront http && http.isBetween() && isFree()) close();
  }

  /** Closes at once, in the middle of an answer: the client must not take it for whole. */
  void abort() {
    channel.config().setSoLinger(0);
    var _ = channel.close();
  }

  /** Closes behind what was written; cancels what is looked for. */
  @Override
  void close() {
    worker.unwatch(this);
    if (pending != null) pending.release();
    pending = null;
    Setup running = setup;
    setup = null;
    if (running != null) running.cancel();
    Exchange served = exchange;
    exchange = null;
    if (served != null) served.cancel();
    if (closing) return;
    closing = true;
    Tunnel.closeBehind(channel);
  }
}
