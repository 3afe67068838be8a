package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.tradeflood.proxyter.gateway.Choice.Grant;
import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.hop.Causes;
import io.tradeflood.proxyter.hop.ConnectHandshake;
import io.tradeflood.proxyter.hop.Handshake;
import io.tradeflood.proxyter.hop.ProxyAnswers;
import io.tradeflood.proxyter.wire.BodyFrame;
import io.tradeflood.proxyter.wire.HeadReader;
import io.tradeflood.proxyter.wire.RequestHead;
import io.tradeflood.proxyter.wire.ResponseHead;
import io.tradeflood.proxyter.wire.Socks;
import io.tradeflood.proxyter.wire.WireException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of plain HTTP and its answer, each streamed. Every request leaves by a connection of
 * its own, so that every request can leave by another proxy.
 */
final class Exchange extends ChannelInboundHandlerAdapter implements Asker {
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final ClientConnection connection;
  private final HttpFront front;
  private final Worker worker;
  private final RequestHead request;
  private final Ask ask;
  private final BodyFrame requestBody;
  private final boolean repeatable;
  private final long began;
  private long moved;
  private long number;
  private long up;
  private long down;
  private @Nullable Grant grant;
  private @Nullable SocketChannel upstream;
  private @Nullable ResponseHead response;
  private @Nullable BodyFrame responseBody;
  private @Nullable ByteBuf head;
  private boolean over;

  Exchange(
      ClientConnection connection,
      HttpFront front,
      RequestHead request,
      Ask ask,
      BodyFrame requestBody) {
    this.connection = connection;
    this.front = front;
    this.worker = connection.worker();
    this.request = request;
    this.ask = ask;
    this.requestBody = requestBody;
    this.repeatable = requestBody.isDone() && REPEATABLE.contains(request.method());
    this.began = worker.nanos();
    this.moved = began;
  }

  @Override
  public List<Handshake> handshakes(Grant chosen) {
    var all = new ArrayList<>(Handshake.toTarget(chosen.member().hop(), chosen.target()));
    if (repeatable) all.add(new RequestHandshake(request, chosen, worker));
    return all;
  }

  @Override
  public void refused(Refusal refusal) {
    if (!requestBody.isDone()) front.cannotGoOn();
    front.refused(refusal);
  }

  @Override
  public void opened(Dial dial) {
    grant = dial.grant();
    number = worker.engine().nextLease();
    SocketChannel channel = dial.channel();
    upstream = channel;
    moved = worker.nanos();
    connection.setupEnded();
    connection.exchange(Optional.of(this));
    channel.pipeline().replace(dial, "exchange", this);
    Optional<ResponseHead> answered = dial.response();
    if (answered.isPresent()) answer(answered.get());
    else channel.writeAndFlush(Heads.request(request, dial.grant(), worker), channel.voidPromise());
    Optional<ByteBuf> early = dial.takeEarly();
    if (early.isPresent()) bytes(early.get());
    if (!over && responseBody != null && responseBody.isDone()) finish();
    connection.channel().flush();
    if (over) return;
    connection.feed();
    flushBody();
    if (over) return;
    if (!connection.channel().config().isAutoRead())
      connection.channel().config().setAutoRead(true);
    if (dial.isInputEnded() || !channel.isActive()) upstreamEnded();
  }

  /** Whether bytes of the client belong to this request. */
  boolean wantsBody() {
    return !over && upstream != null && !requestBody.isDone();
  }

  /** Hands on the client's bytes that are of this request; the others stay unread. */
  void body(ByteBuf in) {
    SocketChannel channel = upstream;
    if (channel == null) return;
    try {
      int count = requestBody.advance(in);
      up += count;
      moved = worker.nanos();
      channel.write(in.readRetainedSlice(count), channel.voidPromise());
      if (!channel.isWritable()) {
        channel.flush();
        if (!channel.isWritable()) connection.channel().config().setAutoRead(false);
      }
    } catch (WireException e) {
      fail(Refusal.malformed(String.valueOf(e.getMessage())));
    }
  }

  void flushBody() {
    if (upstream != null) upstream.flush();
  }

  void clientWritable(boolean writable) {
    if (upstream != null && writable) upstream.config().setAutoRead(true);
  }

  /** The client sends no more; it may still want the answer. */
  void clientEnded() {
    front.cannotGoOn();
    if (!requestBody.isDone()) connection.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) connection.channel().config().setAutoRead(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    bytes((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    connection.channel().flush();
  }

  /** Bytes of the target; released here. */
  private void bytes(ByteBuf in) {
    try {
      moved = worker.nanos();
      if (responseBody == null && !over) head(in);
      if (responseBody != null && !over) responseBytes(in, responseBody);
    } catch (WireException e) {
      broken("its answer is no HTTP: " + e.getMessage(), Signal.CONNECT_FAILED);
    } finally {
      in.release();
    }
  }

  private void head(ByteBuf in) {
    ByteBuf all = in;
    if (head != null) all = head.writeBytes(in);
    int length = Math.min(all.readableBytes(), HeadReader.MAX_BYTES);
    byte[] bytes = worker.scratch();
    all.getBytes(all.readerIndex(), bytes, 0, length);
    int end = HeadReader.end(bytes, 0, length);
    if (end < 0) {
      ConnectHandshake.checkStart(bytes, length);
      if (head == null) head = worker.buffer(Math.max(256, 2 * length)).writeBytes(in);
      return;
    }
    var found = ResponseHead.read(bytes, 0, end);
    all.skipBytes(end);
    // What is behind the head goes on in a buffer of its own; the old one must not be read twice.
    Optional<ByteBuf> rest =
        head == null || !all.isReadable()
            ? Optional.empty()
            : Optional.of(all.readBytes(all.readableBytes()));
    releaseHead();
    accept(found);
    if (rest.isPresent()) bytes(rest.get());
    else if (responseBody == null && !over && in.isReadable()) head(in);
  }

  private void accept(ResponseHead found) {
    if (found.status() == 101) throw new WireException("it changes the protocol unasked");
    if (found.status() < 200) {
      if (request.minor() == 1)
        connection
            .channel()
            .write(Heads.interim(found, worker), connection.channel().voidPromise());
      return;
    }
    Optional<Signal> told =
        grant == null ? Optional.empty() : RequestHandshake.refusedByProxy(found, grant);
    if (told.isPresent()) broken("it answered " + found.status(), told.get());
    else answer(found);
  }

  private void answer(ResponseHead found) {
    Grant by = grant;
    if (by == null) return;
    BodyFrame body = found.body(request.method());
    response = found;
    responseBody = body;
    if (body.isUntilClose()) front.cannotGoOn();
    report(
        ProxyAnswers.ruled(ask.admission().route().settings(), found.status()).orElse(Signal.OK),
        ProxyAnswers.retryAfter(found.headers(), worker.now()));
    var client = connection.channel();
    client.write(
        Heads.response(found, by.proxy(), number, front.keepsAlive(), worker),
        client.voidPromise());
    if (body.isDone()) finish();
  }

  private void responseBytes(ByteBuf in, BodyFrame body) {
    int count = body.advance(in);
    down += count;
    var client = connection.channel();
    if (count > 0) client.write(in.readRetainedSlice(count), client.voidPromise());
    if (body.isDone()) finish();
    else if (!client.isWritable()) {
      client.flush();
      if (!client.isWritable() && upstream != null) upstream.config().setAutoRead(false);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent)
      upstreamEnded();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    upstreamEnded();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (over) return;
    broken("it " + Causes.inWords(cause), Signal.CONNECT_CLOSED);
  }

  private void upstreamEnded() {
    if (over) return;
    if (responseBody != null && responseBody.isUntilClose()) {
      finish();
      connection.channel().flush();
    } else broken("it closed before its answer was whole", Signal.CONNECT_CLOSED);
  }

  /** The target's side came to nothing. */
  private void broken(String details, Signal signal) {
    if (over) return;
    report(response == null ? signal : Signal.TUNNEL_CUT, OptionalLong.empty());
    fail(
        Refusal.failed(
            502,
            "connection_terminated",
            (grant == null ? "" : grant.proxy() + " ") + signal.code() + ": " + details,
            Socks.FAILURE));
  }

  private void fail(Refusal refusal) {
    if (over) return;
    end();
    if (!requestBody.isDone()) front.cannotGoOn();
    connection.exchange(Optional.empty());
    if (response != null) connection.abort();
    else front.refused(refusal);
  }

  /** The answer is whole. */
  private void finish() {
    if (over) return;
    end();
    ask.admission().route().counts().count(Outcome.ANSWERED);
    connection.exchange(Optional.empty());
    connection.channel().flush();
    front.served(requestBody.isDone());
    connection.understandSoon();
  }

  /** The client has gone. */
  void cancel() {
    if (over) return;
    end();
    ask.admission().route().counts().count(Outcome.CLIENT_LEFT);
    report(Signal.CLIENT_LEFT, OptionalLong.empty());
  }

  private void report(Signal signal, OptionalLong retryAfter) {
    if (grant != null)
      Setup.report(worker, grant, signal, "tunnel", worker.nanos() - began, retryAfter, number);
  }

  private void releaseHead() {
    if (head != null) head.release();
    head = null;
  }

  private void end() {
    over = true;
    releaseHead();
    Grant by = grant;
    if (by == null || upstream == null) return;
    var _ = upstream.close();
    by.member().upstream().load().tunnelClosed();
    by.member().upstream().load().bytes(up, down);
    by.held().close(worker.now());
    ask.admission().payload().id().ifPresent(id -> remember(id, by));
    worker.engine().released();
  }

  private void remember(String id, Grant by) {
    Instant now = Instant.ofEpochMilli(worker.now());
    worker
        .engine()
        .leases()
        .remember(
            id,
            new Lease(
                number,
                Optional.of(id),
                ask.admission().client().name(),
                ask.admission().payload().type(),
                by.proxy(),
                by.pool().id(),
                ask.origin(),
                ask.target().toString(),
                now,
                Optional.of(now),
                up,
                down));
  }

  /** Called several times a second. */
  void look(long nanos) {
    if (!over && nanos - moved >= ask.admission().route().settings().maxIdle().toNanos())
      broken("nothing moved for too long", Signal.CONNECT_SILENT);
  }
}
