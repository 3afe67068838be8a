package io.tradeflood.proxyter.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A port: gives each client that comes in to the next worker. */
final class Listener extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(Listener.class.getName());
  private static final int PAUSE_SECONDS = 1;

  private final Engine engine;
  private final List<Worker> workers;
  private final ServerSocketChannel channel;
  private final Optional<String> payload;
  private int next;

  /**
   * @param payload what the port stands for
   */
  Listener(
      Engine engine, List<Worker> workers, ServerSocketChannel channel, Optional<String> payload) {
    this.engine = engine;
    this.workers = workers;
    this.channel = channel;
    this.payload = payload;
  }

  ServerSocketChannel channel() {
    return channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var client = (SocketChannel) message;
    int most = engine.snapshot().settings().listen().maxClients();
    if (engine.isStopping() || engine.clients().incrementAndGet() > most) {
      if (!engine.isStopping()) engine.clients().decrementAndGet();
      client.unsafe().closeForcibly();
      return;
    }
    Worker worker = workers.get(next++ % workers.size());
    if (next == workers.size()) next = 0;
    client.config().setAllocator(worker.allocator());
    client.config().setAllowHalfClosure(true);
    client.closeFuture().addListener(_ -> engine.clients().decrementAndGet());
    client.pipeline().addLast("client", new ClientConnection(worker, client, payload));
    worker
        .loop()
        .register(client)
        .addListener(
            done -> {
              if (!done.isSuccess()) client.unsafe().closeForcibly();
            });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Most likely no descriptor is left; the next try at once would fail as well.
    LOG.log(
        System.Logger.Level.WARNING,
        "listener %s: a client could not be taken in: %s"
            .formatted(channel.localAddress(), Dial.reason(cause)));
    channel.config().setAutoRead(false);
    var _ =
        ctx.executor()
            .schedule(
                () -> {
                  channel.config().setAutoRead(true);
                },
                PAUSE_SECONDS,
                TimeUnit.SECONDS);
  }
}
