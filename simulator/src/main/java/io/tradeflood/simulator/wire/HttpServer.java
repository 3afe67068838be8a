package io.tradeflood.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Accepts connections and gives each a virtual thread. */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());
  private static final int BACKLOG = 1024;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final ServerSocket server;
  private final WireLimits limits;
  private final Handler handler;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private final Thread acceptor;
  private volatile boolean closed;

  private HttpServer(ServerSocket server, WireLimits limits, Handler handler) {
    this.server = server;
    this.limits = limits;
    this.handler = handler;
    this.acceptor = Thread.ofVirtual().name("simulator-accept").unstarted(this::accept);
  }

  /** Listens at the given address; port 0 takes any that is free. */
  public static HttpServer start(InetSocketAddress address, WireLimits limits, Handler handler) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
      HttpServer server = new HttpServer(socket, limits, handler);
      server.acceptor.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot listen at %s:%d (%s); choose another port"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** How many connections were ever accepted. */
  public long accepted() {
    return accepted.get();
  }

  /** How many connections are open. */
  public int open() {
    return connections.size();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        if (connections.size() >= limits.connections()) {
          socket.close();
          continue;
        }
        Connection connection = new Connection(socket, limits, handler, connections::remove);
        connections.add(connection);
        Thread.ofVirtual().name("simulator-connection").start(connection);
      } catch (SocketException e) {
        if (!closed) {
          LOG.log(Level.WARNING, "A connection could not be accepted: {0}", e.getMessage());
        }
      } catch (IOException e) {
        LOG.log(Level.WARNING, "A connection could not be accepted: {0}", e.getMessage());
      }
    }
  }

  /**
   * Takes no more connections, lets answers on their way finish for a moment, and closes the rest.
   */
  @Override
  public void close() {
    closed = true;
    try {
      server.close();
      acceptor.join(GRACE);
      connections.forEach(Connection::finish);
      long deadline = System.nanoTime() + GRACE.toNanos();
      for (Connection connection : connections) {
        connection.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        connection.abort();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The port could not be closed: {0}", e.getMessage());
    } catch (InterruptedException e) {
      connections.forEach(Connection::abort);
      Thread.currentThread().interrupt();
    }
  }
}
