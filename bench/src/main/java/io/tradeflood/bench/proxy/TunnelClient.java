package io.tradeflood.bench.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client with one tunnel. Confined to the loop. */
final class TunnelClient extends ChannelInboundHandlerAdapter {
  private static final int MOST = 16_384;

  /** Whom it tells. */
  interface Owner {
    void opened(TunnelClient client);

    void answered(TunnelClient client);

    /** Bytes of an answer came. */
    default void received(int bytes) {}

    /** It could not be opened, or was closed before it was let go. */
    void failed(TunnelClient client, String why);
  }

  private final ByteBuf request;
  private final Owner owner;
  private final StringBuilder head = new StringBuilder();
  private final long began = System.nanoTime();
  private @Nullable ChannelHandlerContext context;
  private boolean open;
  private boolean over;
  private long left;
  private long askedAt;

  TunnelClient(ByteBuf request, Owner owner) {
    this.request = request;
    this.owner = owner;
  }

  /** When it set out, by {@link System#nanoTime}. */
  long began() {
    return began;
  }

  /** When it last asked, likewise. */
  long askedAt() {
    return askedAt;
  }

  boolean isBusy() {
    return left > 0;
  }

  void ask(ByteBuf question, long answer) {
    ChannelHandlerContext active = context;
    if (active == null) throw new IllegalStateException("there is no tunnel yet");
    left += answer;
    askedAt = System.nanoTime();
    active.writeAndFlush(question.duplicate(), active.voidPromise());
  }

  /** It is not wanted any more. */
  void close() {
    over = true;
    if (context != null) context.close();
  }

  /** It took too long, or could not connect. */
  void fail(String why) {
    if (over) return;
    close();
    owner.failed(this, why);
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    if (over) active.close();
    else active.writeAndFlush(request.duplicate(), active.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    var bytes = (ByteBuf) message;
    try {
      if (!open) readHead(bytes);
      if (!open || over || !bytes.isReadable()) return;
      int count = bytes.readableBytes();
      left -= count;
      owner.received(count);
      if (left == 0) owner.answered(this);
      else if (left < 0) fail("more bytes than asked for");
    } finally {
      bytes.release();
    }
  }

  private void readHead(ByteBuf bytes) {
    while (bytes.isReadable() && !open) {
      head.append((char) bytes.readUnsignedByte());
      int length = head.length();
      if (length >= 4
          && head.charAt(length - 1) == '\n'
          && head.charAt(length - 2) == '\r'
          && head.charAt(length - 3) == '\n') {
        if (!head.substring(0, Math.min(4, length)).equals("HTTP") || head.indexOf(" 200") != 8) {
          fail(head.substring(0, head.indexOf("\r")));
          return;
        }
        open = true;
        owner.opened(this);
      } else if (length > MOST) {
        fail("a head without end");
        return;
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    fail(open ? "closed in the middle" : "closed without an answer");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    fail(String.valueOf(cause.getMessage()));
  }

  /** The head of a request for a tunnel to the target. */
  static ByteBuf request(int target, String credentials) {
    String text =
        "CONNECT 127.0.0.1:%d HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nProxy-Authorization: Basic %s\r\n\r\n"
            .formatted(
                target,
                target,
                java.util.Base64.getEncoder()
                    .encodeToString(credentials.getBytes(StandardCharsets.US_ASCII)));
    return io.netty.buffer.Unpooled.unreleasableBuffer(
        io.netty.buffer.Unpooled.directBuffer()
            .writeBytes(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
