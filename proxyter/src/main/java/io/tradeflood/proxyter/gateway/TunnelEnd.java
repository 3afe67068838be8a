package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.concurrent.TimeUnit;

/**
 * One side of a tunnel: hands on what it reads, and stops reading while the other side cannot take
 * more. Nothing is held while nothing moves.
 */
final class TunnelEnd extends Timed {
  private final Tunnel tunnel;
  private final SocketChannel channel;
  private final SocketChannel peer;
  private final boolean ofClient;
  private boolean ended;
  private boolean pauses;
  private boolean peerIsFull;

  TunnelEnd(Tunnel tunnel, SocketChannel channel, SocketChannel peer, boolean ofClient) {
    this.tunnel = tunnel;
    this.channel = channel;
    this.peer = peer;
    this.ofClient = ofClient;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    int count = bytes.readableBytes();
    if (ofClient) tunnel.up(bytes);
    else tunnel.down(bytes);
    peer.write(
        hasWaiting(peer) ? tunnel.worker().relay().behind(bytes) : bytes, peer.voidPromise());
    long wait = tunnel.pauseAfter(count);
    if (wait > 0) pause(wait);
    if (!peer.isWritable()) {
      peer.flush();
      if (!peer.isWritable()) {
        peerIsFull = true;
        channel.config().setAutoRead(false);
      }
    }
  }

  private static boolean hasWaiting(SocketChannel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting != null && !waiting.isEmpty();
  }

  private void pause(long nanos) {
    if (pauses) return;
    pauses = true;
    channel.config().setAutoRead(false);
    var _ =
        tunnel
            .worker()
            .loop()
            .schedule(
                () -> {
                  pauses = false;
                  resume();
                },
                nanos,
                TimeUnit.NANOSECONDS);
  }

  private void resume() {
    if (!pauses && !peerIsFull && channel.isOpen()) channel.config().setAutoRead(true);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    peer.flush();
  }

  /** This side can take more, or cannot: the other one reads accordingly. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable() && peer.pipeline().get("tunnel") instanceof TunnelEnd other) {
      other.peerIsFull = false;
      other.resume();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent)
      inputEnded();
  }

  /** This side sends no more; the other is told so behind what is still on its way. */
  void inputEnded() {
    if (ended) return;
    ended = true;
    if (!ofClient) tunnel.upstreamEnded(false);
    if (peer.pipeline().get("tunnel") instanceof TunnelEnd other && other.ended) {
      Tunnel.closeBehind(peer);
      Tunnel.closeBehind(channel);
    } else Tunnel.endOutput(peer);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset is handed on as one.
    if (!ofClient && !ended) tunnel.upstreamEnded(true);
    ended = true;
    if (peer.isOpen()) peer.config().setSoLinger(0);
    tunnel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gone();
  }

  void gone() {
    if (!ended && !ofClient) tunnel.upstreamEnded(false);
    ended = true;
    if (peer.isOpen()) Tunnel.closeBehind(peer);
    tunnel.gone();
  }

  @Override
  void look(long nanos) {
    tunnel.look(nanos);
  }

  @Override
  void close() {
    tunnel.close();
  }
}
