package io.tradeflood.proxyter.gateway;

import io.netty.channel.ServerChannel;
import io.tradeflood.proxyter.config.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An open port: a socket for each worker where the kernel spreads clients over several, else one.
 */
final class Listening {
  private static final int BACKLOG = 4_096;

  private final List<ServerChannel> channels = new ArrayList<>();

  private Listening() {}

  /**
   * Opens a port.
   *
   * @throws IOException if it cannot be opened; nothing is open then
   */
  static Listening open(
      Engine engine, List<Worker> workers, Address address, Optional<String> payload)
      throws IOException {
    var local = new InetSocketAddress(address.host(), address.port());
    if (local.isUnresolved()) throw new IOException("the name is not known");
    boolean spread = engine.transport() == Transport.EPOLL && workers.size() > 1;
    // Sockets that share a port share it with whoever asks: nobody else may be there.
    if (spread) claim(local);
    var listening = new Listening();
    try {
      for (Worker worker : spread ? workers : workers.subList(0, 1)) {
        ServerChannel channel =
            engine.transport().serverSocket(local.getAddress(), BACKLOG, spread);
        listening.channels.add(channel);
        channel.pipeline().addLast(new Listener(engine, worker, workers, channel, payload));
        worker.loop().register(channel).syncUninterruptibly();
        channel.bind(local).syncUninterruptibly();
        local = (InetSocketAddress) channel.localAddress();
      }
    } catch (Exception e) {
      listening.close(engine);
      // Netty throws what the system said, whether it is declared or not.
      throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
    engine.ownPorts().add(listening.port());
    return listening;
  }

  private static void claim(InetSocketAddress local) throws IOException {
    if (local.getPort() == 0) return;
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(local);
    }
  }

  int port() {
    return ((InetSocketAddress) channels.get(0).localAddress()).getPort();
  }

  void close(Engine engine) {
    for (ServerChannel channel : channels) {
      if (channel.localAddress() instanceof InetSocketAddress local)
        engine.ownPorts().remove(local.getPort());
      channel.close().awaitUninterruptibly();
    }
  }
}
