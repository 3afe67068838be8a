package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.health.HealthView;
import io.tradeflood.proxyter.hop.Names;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** What all event loops share. */
final class Engine {
  /**
   * The numbers of a run begin at its start, so that those of an earlier run stand for nothing; as
   * numbers of JSON they are exact for two centuries more.
   */
  private static final long LEASES_PER_MILLI = 1_000;

  private final Transport transport;
  private final HealthView health;
  private final InstantSource clock;
  private final Names names;
  private final String via;
  private final Sessions sessions = new Sessions();
  private final Leases leases;
  private final Feedbacks feedbacks = new Feedbacks(this);
  private final AtomicLong leaseNumbers;
  private final AtomicInteger clients = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Set<Integer> ownPorts = ConcurrentHashMap.newKeySet();
  private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
  private final BiConsumer<Runnable, Long> later;
  private volatile Snapshot snapshot;
  private volatile boolean stopping;

  /**
   * @param via our name in {@code Via}, by which a loop is seen
   * @param later runs something after so many milliseconds
   */
  Engine(
      Transport transport,
      HealthView health,
      InstantSource clock,
      Names names,
      String via,
      BiConsumer<Runnable, Long> later,
      Snapshot snapshot) {
    this.transport = transport;
    this.health = health;
    this.clock = clock;
    this.names = names;
    this.via = via;
    this.later = later;
    this.snapshot = snapshot;
    this.leases = new Leases(clock);
    this.leaseNumbers = new AtomicLong(clock.millis() * LEASES_PER_MILLI);
    for (Outcome outcome : Outcome.values()) outcomes.put(outcome, new LongAdder());
  }

  Transport transport() {
    return transport;
  }

  HealthView health() {
    return health;
  }

  Names names() {
    return names;
  }

  String via() {
    return via;
  }

  Sessions sessions() {
    return sessions;
  }

  Leases leases() {
    return leases;
  }

  Feedbacks feedbacks() {
    return feedbacks;
  }

  AtomicInteger clients() {
    return clients;
  }

  long now() {
    return clock.millis();
  }

  long nextLease() {
    return leaseNumbers.incrementAndGet();
  }

  Snapshot snapshot() {
    return snapshot;
  }

  void use(Snapshot next) {
    snapshot = next;
    lookAtRooms();
  }

  boolean isStopping() {
    return stopping;
  }

  void stopping() {
    stopping = true;
  }

  /** For what cannot be said to be of a route. */
  void count(Outcome outcome) {
    LongAdder adder = outcomes.get(outcome);
    if (adder != null) adder.increment();
  }

  Map<Outcome, Long> outcomes() {
    var sums = new EnumMap<Outcome, Long>(Outcome.class);
    outcomes.forEach((outcome, adder) -> sums.put(outcome, adder.sum()));
    snapshot.counts().values().forEach(counts -> counts.addTo(sums));
    return sums;
  }

  /** Somebody began or ceased to wait for room. */
  void waiting(int change) {
    waiting.addAndGet(change);
  }

  /** Something was given back: whoever waits for it may go. */
  void released() {
    if (waiting.get() > 0) lookAtRooms();
  }

  private void lookAtRooms() {
    for (RoutePlan route : snapshot.routes().values()) look(route.room());
  }

  void look(WaitingRoom room) {
    room.look(at -> later.accept(() -> ring(room), Math.max(1, at - now())));
  }

  private void ring(WaitingRoom room) {
    room.rang();
    look(room);
  }

  Set<Integer> ownPorts() {
    return ownPorts;
  }

  /** Whether a connection to the address would come back to us. */
  boolean isOwn(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    if (host == null || !ownPorts.contains(address.getPort())) return false;
    if (host.isLoopbackAddress() || host.isAnyLocalAddress()) return true;
    try {
      return NetworkInterface.getByInetAddress(host) != null;
    } catch (SocketException _) {
      return false;
    }
  }
}
