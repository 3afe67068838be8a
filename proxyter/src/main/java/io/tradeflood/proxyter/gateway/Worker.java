package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.tradeflood.proxyter.hop.Handshake;
import io.tradeflood.proxyter.pool.Selection;
import io.tradeflood.proxyter.wire.HeadReader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one event loop and is touched by its thread only. Instead of a timer for each
 * connection, all that is being set up is looked at every few milliseconds, and all connections
 * several times a second.
 */
final class Worker implements Handshake.Means {
  private static final long SETUP_TICK_MILLIS = 10;
  private static final long SWEEP_MILLIS = 200;

  private final Engine engine;
  private final EventLoop loop;
  private final ByteBufAllocator allocator;
  private final RelayBuffer relay;
  private final Selection selection;
  private final Credentials credentials;
  private final AtomicInteger clients = new AtomicInteger();
  private final byte[] scratch = new byte[HeadReader.MAX_BYTES];
  private @Nullable Timed connections;
  private @Nullable Setup setups;
  private boolean ticking;
  private long coarse;

  Worker(Engine engine, EventLoop loop, ByteBufAllocator allocator, Selection selection) {
    this.engine = engine;
    this.loop = loop;
    this.allocator = allocator;
    this.relay = new RelayBuffer(allocator);
    this.selection = selection;
    this.credentials = new Credentials(engine);
    this.coarse = nanos();
  }

  void start() {
    var _ =
        loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  Engine engine() {
    return engine;
  }

  EventLoop loop() {
    return loop;
  }

  ByteBufAllocator allocator() {
    return allocator;
  }

  /** What tunnels read into. */
  RelayBuffer relay() {
    return relay;
  }

  Selection selection() {
    return selection;
  }

  Credentials credentials() {
    return credentials;
  }

  /** How many clients it has; counted where they are taken in, read by the others. */
  AtomicInteger clients() {
    return clients;
  }

  @Override
  public byte[] scratch() {
    return scratch;
  }

  @Override
  public ByteBuf buffer(int size) {
    return allocator.ioBuffer(size);
  }

  /** A time that only goes on, in nanoseconds. */
  long nanos() {
    return System.nanoTime();
  }

  /** As {@link #nanos}, but as old as the last look at the connections; costs nothing. */
  long coarseNanos() {
    return coarse;
  }

  @Override
  public long now() {
    return engine.now();
  }

  void watch(Timed connection) {
    if (connection.previous != null || connection.equals(connections))
      throw new IllegalStateException("a connection is watched twice");
    Timed first = connections;
    connection.next = first;
    if (first != null) first.previous = connection;
    connections = connection;
  }

  void unwatch(Timed connection) {
    Timed before = connection.previous;
    Timed after = connection.next;
    if (before != null) before.next = after;
    else if (connection.equals(connections)) connections = after;
    else return;
    if (after != null) after.previous = before;
    connection.previous = null;
    connection.next = null;
  }

  private void sweep() {
    long nanos = nanos();
    coarse = nanos;
    Timed connection = connections;
    while (connection != null) {
      // Looking may take it out of the list, never the one behind it.
      Timed next = connection.next;
      connection.look(nanos);
      connection = next;
    }
  }

  void begin(Setup setup) {
    Setup first = setups;
    setup.next = first;
    if (first != null) first.previous = setup;
    setups = setup;
    if (!ticking) tickLater();
  }

  void end(Setup setup) {
    Setup before = setup.previous;
    Setup after = setup.next;
    if (before != null) before.next = after;
    else if (setup.equals(setups)) setups = after;
    else return;
    if (after != null) after.previous = before;
    setup.previous = null;
    setup.next = null;
  }

  private void tickLater() {
    ticking = true;
    var _ = loop.schedule(this::tick, SETUP_TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    ticking = false;
    long nanos = nanos();
    Setup setup = setups;
    while (setup != null) {
      Setup next = setup.next;
      setup.look(nanos);
      setup = next;
    }
    if (setups != null && !ticking) tickLater();
  }

  /** Closes the connections of clients that have nothing to do; from this loop. */
  void closeIdle() {
    Timed connection = connections;
    while (connection != null) {
      Timed next = connection.next;
      connection.closeIfIdle();
      connection = next;
    }
  }

  /** Closes every connection of a client; from this loop. */
  void closeAll() {
    Timed connection = connections;
    while (connection != null) {
      Timed next = connection.next;
      connection.close();
      connection = next;
    }
    relay.release();
  }
}
