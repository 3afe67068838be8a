package io.tradeflood.bench.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Carries what is read to another channel, no faster than that takes it. */
class RelayHandler extends ChannelInboundHandlerAdapter {
  private final Channel peer;

  RelayHandler(Channel peer) {
    this.peer = peer;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    peer.write(message, peer.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    peer.flush();
    if (!peer.isWritable()) context.channel().config().setAutoRead(false);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) peer.config().setAutoRead(true);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    peer.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
