package io.tradeflood.bench.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** The target: gives as many bytes as it is asked for. */
final class TargetHandler extends ChannelInboundHandlerAdapter {
  private static final int CHUNK = 65_536;
  private static final ByteBuf ZEROS =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer(CHUNK).writeZero(CHUNK)).asReadOnly();

  private long asked;
  private int read;
  private long owed;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = (ByteBuf) message;
    try {
      while (bytes.isReadable()) {
        int b = bytes.readUnsignedByte();
        if (read < Long.BYTES) asked = asked << 8 | b;
        if (++read == Ask.BYTES) {
          owed += asked;
          asked = 0;
          read = 0;
        } else if (read >= Long.BYTES) {
          int skip = Math.min(bytes.readableBytes(), Ask.BYTES - read - 1);
          bytes.skipBytes(skip);
          read += skip;
        }
      }
    } finally {
      bytes.release();
    }
    give(context);
  }

  private void give(ChannelHandlerContext context) {
    boolean any = false;
    while (owed > 0 && context.channel().isWritable()) {
      int now = (int) Math.min(owed, CHUNK);
      context.write(ZEROS.duplicate().setIndex(0, now));
      owed -= now;
      any = true;
    }
    if (any) context.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    give(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
