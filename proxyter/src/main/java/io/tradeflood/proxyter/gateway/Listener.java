package io.tradeflood.proxyter.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import io.tradeflood.proxyter.hop.Causes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A port, as one worker listens at it. A client stays with the worker that took it in, which costs
 * no change of threads, unless another has clearly less to do.
 */
final class Listener extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(Listener.class.getName());
  private static final int PAUSE_SECONDS = 1;

  private final Engine engine;
  private final Worker own;
  private final List<Worker> workers;
  private final ServerChannel channel;
  private final Optional<String> payload;

  /**
   * @param own whose thread this is called by
   * @param payload what the port stands for
   */
  Listener(
      Engine engine,
      Worker own,
      List<Worker> workers,
      ServerChannel channel,
      Optional<String> payload) {
    this.engine = engine;
    this.own = own;
    this.workers = workers;
    this.channel = channel;
    this.payload = payload;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var client = (SocketChannel) message;
    int most = engine.snapshot().settings().listen().maxClients();
    if (engine.isStopping() || engine.clients().get() >= most) {
      client.unsafe().closeForcibly();
      return;
    }
    engine.clients().incrementAndGet();
    Worker worker = worker();
    worker.clients().incrementAndGet();
    client.config().setAllocator(worker.allocator());
    client.config().setAllowHalfClosure(true);
    client
        .closeFuture()
        .addListener(
            _ -> {
              engine.clients().decrementAndGet();
              worker.clients().decrementAndGet();
            });
    client.pipeline().addLast("client", new ClientConnection(worker, client, payload));
    worker
        .loop()
        .register(client)
        .addListener(
            done -> {
              if (!done.isSuccess()) client.unsafe().closeForcibly();
            });
  }

  private Worker worker() {
    Worker least = own;
    for (Worker worker : workers)
      if (worker.clients().get() < least.clients().get()) least = worker;
    int few = least.clients().get();
    return own.clients().get() <= few + 1 + few / 8 ? own : least;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Most likely no descriptor is left; the next try at once would fail as well.
    LOG.log(
        System.Logger.Level.WARNING,
        "listener %s: a client could not be taken in: %s"
            .formatted(channel.localAddress(), Causes.reason(cause)));
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
