package io.tradeflood.bench.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;

/**
 * An upstream proxy: opens tunnels to the target, which it plays, for who knows its credentials.
 */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {
  private static final int MOST = 8_192;
  private static final ByteBuf OPENED = answer("200 Connection established");
  private static final ByteBuf UNKNOWN = answer("407 Proxy Authentication Required");
  private static final ByteBuf DENIED = answer("403 Forbidden");
  private static final ByteBuf FAILED = answer("503 Service Unavailable");

  private final Upstream upstream;
  private final StringBuilder head = new StringBuilder();
  private boolean asked;

  UpstreamHandler(Upstream upstream) {
    this.upstream = upstream;
  }

  private static ByteBuf answer(String status) {
    String length = status.startsWith("200") ? "" : "Content-Length: 0\r\n";
    return Unpooled.unreleasableBuffer(
        Unpooled.copiedBuffer(
            "HTTP/1.1 " + status + "\r\n" + length + "\r\n", StandardCharsets.US_ASCII));
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (upstream.fault() == Fault.RESETS) {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      context.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = (ByteBuf) message;
    head.append(bytes.toString(StandardCharsets.ISO_8859_1));
    bytes.release();
    int length = head.length();
    if (length > MOST) context.close();
    boolean whole =
        length >= 4
            && head.charAt(length - 1) == '\n'
            && head.charAt(length - 2) == '\r'
            && head.charAt(length - 3) == '\n';
    if (whole && !asked) {
      asked = true;
      serve(context);
    }
  }

  private void serve(ChannelHandlerContext context) {
    switch (upstream.fault()) {
      case SILENT, REFUSES, RESETS -> {}
      case DENIES -> refuse(context, DENIED);
      case FAILS -> refuse(context, FAILED);
      case NONE -> {
        if (head.indexOf(Stand.UPSTREAM_CREDENTIALS) < 0) refuse(context, UNKNOWN);
        else open(context);
      }
    }
  }

  private static void refuse(ChannelHandlerContext context, ByteBuf answer) {
    context.writeAndFlush(answer.duplicate()).addListener(_ -> context.close());
  }

  private void open(ChannelHandlerContext context) {
    upstream.serve();
    context.pipeline().replace(this, null, new TargetHandler());
    context.writeAndFlush(OPENED.duplicate());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
