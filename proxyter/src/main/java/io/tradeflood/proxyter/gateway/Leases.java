package io.tradeflood.proxyter.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The open tunnels by number, and those that clients have named by name: these are remembered for a
 * while after they closed, for feedback that comes late.
 */
final class Leases {
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int MOST = 65_536;

  private final InstantSource clock;
  private final Map<Long, Tunnel> open = new ConcurrentHashMap<>();
  private final Map<String, Tunnel> named = new ConcurrentHashMap<>();

  /** Guarded by itself; the oldest first. */
  private final LinkedHashMap<String, Lease> closed = new LinkedHashMap<>();

  Leases(InstantSource clock) {
    this.clock = clock;
  }

  void opened(Tunnel tunnel) {
    open.put(tunnel.number(), tunnel);
    tunnel.payload().id().ifPresent(id -> named.put(id, tunnel));
  }

  void closed(Tunnel tunnel) {
    open.remove(tunnel.number(), tunnel);
    Optional<String> id = tunnel.payload().id();
    if (id.isEmpty()) return;
    named.remove(id.get(), tunnel);
    remember(id.get(), tunnel.lease(Optional.of(clock.instant())));
  }

  /** Keeps what was never open for long, such as a request of plain HTTP. */
  void remember(String id, Lease lease) {
    synchronized (closed) {
      closed.remove(id);
      closed.put(id, lease);
      forget();
    }
  }

  private void forget() {
    Instant oldest = clock.instant().minus(REMEMBERED);
    var each = closed.values().iterator();
    while (each.hasNext()) {
      Lease lease = each.next();
      boolean old = lease.closed().orElse(lease.opened()).isBefore(oldest);
      if (!old && closed.size() <= MOST) return;
      each.remove();
    }
  }

  int size() {
    return open.size();
  }

  Optional<Lease> find(long number) {
    return Optional.ofNullable(open.get(number)).map(t -> t.lease(Optional.empty()));
  }

  Optional<Lease> find(String id) {
    Tunnel tunnel = named.get(id);
    if (tunnel != null) return Optional.of(tunnel.lease(Optional.empty()));
    synchronized (closed) {
      forget();
      return Optional.ofNullable(closed.get(id));
    }
  }

  List<Lease> all() {
    return open.values().stream().map(t -> t.lease(Optional.empty())).toList();
  }

  /** How many tunnels are open, by group and proxy. */
  Map<String, Map<String, Integer>> tunnels() {
    var counts = new HashMap<String, Map<String, Integer>>();
    for (Tunnel tunnel : open.values())
      counts
          .computeIfAbsent(tunnel.group(), _ -> new HashMap<>())
          .merge(tunnel.proxy(), 1, Integer::sum);
    return counts;
  }

  /** Closes the open tunnels that fit; how many. */
  int close(Predicate<Lease> which) {
    int count = 0;
    for (Tunnel tunnel : open.values())
      if (which.test(tunnel.lease(Optional.empty()))) {
        tunnel.closeSoon();
        count++;
      }
    return count;
  }
}
