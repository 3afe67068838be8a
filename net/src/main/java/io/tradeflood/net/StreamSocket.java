package io.tradeflood.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection: asks for the upgrade, walks over what comes, answers pings. Used on its loop's
 * thread.
 */
final class StreamSocket extends ChannelInboundHandlerAdapter
    implements StreamWire.Line, FrameReader.Sink {
  private static final System.Logger LOG = System.getLogger(StreamSocket.class.getName());
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int LONGEST_REFUSAL = 4096;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final NettyStreamWire wire;
  private final StreamWire.Opening opening;
  private final StreamAddress address;
  private final NettyStreamWire.Loop loop;
  private final StreamWire.Listener listener;
  private final WireRequest wanted;
  private final StreamJudge judge;
  private final StreamRide ride;
  private final Inbox inbox = new Inbox();
  private final String key;
  private @Nullable ChannelHandlerContext context;
  private @Nullable FrameReader frames;
  private @Nullable LineReader lines;
  private StreamLoop.@Nullable Timer timer;
  private Phase phase = Phase.CONNECT;
  private Optional<ReplyHead> refusal = Optional.empty();
  private Instant received = Instant.EPOCH;
  private boolean over;
  private boolean paused;
  private boolean reading;
  private volatile long bytes;

  StreamSocket(
      NettyStreamWire wire,
      StreamWire.Opening opening,
      StreamAddress address,
      Egress way,
      NettyStreamWire.Loop loop,
      StreamWire.Listener listener) {
    this.wire = wire;
    this.opening = opening;
    this.address = address;
    this.loop = loop;
    this.listener = listener;
    ride = wire.ride(way);
    wanted =
        new WireRequest(
            address.address(),
            address.target(),
            opening.headers(),
            way.route(),
            ride.payload(),
            Duration.ZERO);
    judge = new StreamJudge(opening, address);
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    key = Base64.getEncoder().encodeToString(nonce);
  }

  WireRequest wanted() {
    return wanted;
  }

  NettyStreamWire.Loop loop() {
    return loop;
  }

  boolean isOver() {
    return over;
  }

  // Opening.

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    if (over) {
      ctx.close();
      return;
    }
    phase =
        !(wanted.route() instanceof Route.Direct)
            ? Phase.PROXY
            : address.address().secure() ? Phase.TLS : Phase.WAIT;
    // What stands between holds it back until the way is open.
    ctx.writeAndFlush(Unpooled.wrappedBuffer(request().getBytes(StandardCharsets.ISO_8859_1)));
    if (phase == Phase.WAIT) await();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ProxyConnectionEvent) {
      phase = address.address().secure() ? Phase.TLS : Phase.WAIT;
      if (phase == Phase.WAIT) await();
    } else if (event instanceof SslHandshakeCompletionEvent tls) {
      if (!tls.isSuccess()) fail(Diagnosis.of(wanted).connecting(tls.cause()));
      else {
        phase = Phase.WAIT;
        await();
      }
    }
  }

  private void await() {
    Duration longest = wire.settings().firstByte();
    timer =
        loop.schedule(
            longest.toNanos(),
            () ->
                refusal.ifPresentOrElse(
                    this::refuse,
                    () ->
                        fail(
                            Diagnosis.of(wanted)
                                .timeout(
                                    Phase.WAIT,
                                    longest,
                                    new java.util.concurrent.TimeoutException()))));
  }

  private String request() {
    var request =
        new StringBuilder("GET ").append(address.target()).append(" HTTP/1.1\r\n").append("Host: ");
    request.append(address.address().authority()).append("\r\nUser-Agent: TradeFlood\r\n");
    if (opening.lines()) request.append("Accept: application/json\r\n");
    else {
      request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
      request.append("Sec-WebSocket-Key: ").append(key).append("\r\n");
      if (wire.streams().deflate())
        request.append("Sec-WebSocket-Extensions: permessage-deflate\r\n");
    }
    opening.headers().forEach((name, value) -> request.append(header(name, value)));
    return request.append("\r\n").toString();
  }

  private static String header(String name, String value) {
    if ((name + value).chars().anyMatch(c -> c < ' ' || c > 255))
      throw new Failure.Bug("A header must be of one line of Latin letters: " + name);
    return name + ": " + value + "\r\n";
  }

  private void answer() throws FrameException {
    if (refusal.isPresent()) {
      if (inbox.length() >= LONGEST_REFUSAL || refusal.get().isWhole(body())) refuse(refusal.get());
      return;
    }
    var head = ReplyHead.read(inbox);
    if (head.isEmpty()) return;
    if (head.get().status() != (opening.lines() ? 200 : 101)) {
      refusal = head;
      answer();
      return;
    }
    accept(head.get());
  }

  private byte[] body() {
    return Arrays.copyOfRange(inbox.bytes, inbox.from, inbox.to);
  }

  private void refuse(ReplyHead head) {
    if (over) return;
    var now = loop.instant();
    var failure = judge.status(head, head.content(body()), now);
    ride.answered(
        head.status(),
        failure instanceof Failure.Limited limited
            ? Optional.of(Duration.between(now, limited.until()))
            : Optional.empty());
    end(failure, failure instanceof Failure.Refused);
  }

  private void accept(ReplyHead head) throws FrameException {
    if (opening.lines())
      lines = new LineReader(this, head.isChunked(), wire.streams().messageLimit());
    else {
      if (!head.has("upgrade", "websocket")
          || !head.header("sec-websocket-accept").filter(accepted()::equals).isPresent())
        throw new FrameException(
            FrameException.PROTOCOL, "upgraded to something else than a WebSocket");
      frames = frames(head);
    }
    phase = Phase.RECEIVE;
    if (timer != null) timer.cancel();
    ride.answered(head.status(), Optional.empty());
    listener.opened();
  }

  private FrameReader frames(ReplyHead head) throws FrameException {
    String extension = head.header("sec-websocket-extensions").orElse("");
    boolean packed = extension.toLowerCase(java.util.Locale.ROOT).startsWith("permessage-deflate");
    if (!extension.isEmpty() && !(packed && wire.streams().deflate()))
      throw new FrameException(
          FrameException.PROTOCOL, "wants an extension that was not offered: " + extension);
    return new FrameReader(
        this,
        packed,
        extension.contains("server_no_context_takeover"),
        wire.streams().messageLimit());
  }

  private String accepted() {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK knows SHA-1", e);
    }
  }

  // Reading.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (over || !(message instanceof ByteBuf part)) return;
      bytes += part.readableBytes();
      received = loop.instant();
      inbox.add(part);
    } finally {
      ReferenceCountUtil.release(message);
    }
    read();
  }

  private void read() {
    if (reading || over) return;
    reading = true;
    try {
      if (phase != Phase.RECEIVE) answer();
      var webSocket = frames;
      var plain = lines;
      if (webSocket != null) webSocket.read(inbox);
      else if (plain != null) plain.read(inbox);
    } catch (FrameException wrong) {
      fail(wrong);
    } catch (RuntimeException mistake) {
      LOG.log(
          System.Logger.Level.ERROR, opening.context().hostName() + ": a message failed", mistake);
      end(new Failure.Bug("A message of %s failed".formatted(address), mistake), false);
    } finally {
      reading = false;
    }
  }

  private void fail(FrameException wrong) {
    String happened = String.valueOf(wrong.getMessage());
    if (phase != Phase.RECEIVE) {
      fail(new WireFailure(phase, WireFailure.Kind.FOREIGN, happened, wrong));
      return;
    }
    write(FrameReader.close(wrong.code(), mask()));
    broken(happened);
  }

  @Override
  public void message(byte[] from, int offset, int length) {
    listener.message(from, offset, length, received);
  }

  @Override
  public void ping(byte[] from, int offset, int length) {
    write(FrameReader.pong(Arrays.copyOfRange(from, offset, offset + length), mask()));
    listener.pinged();
  }

  @Override
  public void pong() {
    listener.ponged();
  }

  @Override
  public void close(int code, String reason) {
    if (frames != null) write(FrameReader.close(code == 1005 ? 1000 : code, mask()));
    end(
        judge.ended(
            "closed the connection (%d%s)"
                .formatted(code, reason.isEmpty() ? "" : ", " + Excerpt.of(reason))),
        false);
  }

  @Override
  public boolean isPaused() {
    return paused || over;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (refusal.isPresent() && !over) refuse(refusal.get());
    else if (phase == Phase.RECEIVE) broken("closed the connection without a word");
    else fail(Diagnosis.of(wanted).talking(phase, new io.vertx.core.http.HttpClosedException("")));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (phase) {
      case RESOLVE, CONNECT, PROXY, TLS -> fail(Diagnosis.of(wanted).connecting(cause));
      case SEND, WAIT -> fail(Diagnosis.of(wanted).talking(phase, cause));
      case RECEIVE, STATUS -> broken(Diagnosis.of(wanted).talking(phase, cause).happened());
    }
  }

  /** It was open, and nobody has said good-bye. */
  private void broken(String happened) {
    if (!over) ride.broke(Phase.RECEIVE);
    end(judge.ended(happened), false);
  }

  /** It could not be opened. */
  void fail(WireFailure failure) {
    if (!over) ride.broke(failure.phase());
    end(judge.broken(failure, loop.instant()), failure.kind() != WireFailure.Kind.PASSING);
  }

  private void end(Failure why, boolean lasting) {
    if (over) return;
    over();
    listener.closed(why, lasting);
  }

  private void over() {
    over = true;
    if (timer != null) timer.cancel();
    var open = context;
    if (open == null) return;
    if (phase != Phase.RECEIVE) open.close();
    else
      // Behind what is still to be written.
      open.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    var reader = frames;
    if (reader != null) loop.execute(reader::close);
  }

  // Line.

  @Override
  public void send(String text) {
    write(FrameReader.text(text, mask()));
  }

  @Override
  public void ping() {
    write(FrameReader.ping(mask()));
  }

  private void write(byte[] frame) {
    var open = context;
    if (open != null && !over && lines == null) open.writeAndFlush(Unpooled.wrappedBuffer(frame));
  }

  private static int mask() {
    return RANDOM.nextInt();
  }

  @Override
  public void pause() {
    paused = true;
    if (context != null) context.channel().config().setAutoRead(false);
  }

  @Override
  public void resume() {
    if (!paused) return;
    paused = false;
    loop.execute(
        () -> {
          read();
          if (!paused && context != null) context.channel().config().setAutoRead(true);
        });
  }

  @Override
  public void close() {
    if (over) return;
    if (phase == Phase.RECEIVE && frames != null) write(FrameReader.close(1000, mask()));
    over();
  }

  @Override
  public void dead() {
    if (!over) ride.broke(Phase.RECEIVE);
    close();
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
