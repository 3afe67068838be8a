package io.tradeflood.proxyter;

import io.tradeflood.proxyter.admin.Drains;
import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.event.Journal;
import io.tradeflood.proxyter.gateway.Gateway;
import io.tradeflood.proxyter.gateway.Lease;
import io.tradeflood.proxyter.health.Change.Severity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Proxies that take nobody any more: their open tunnels go on until they end or until the time is
 * over. Guarded by its own monitor; the gateway and the journal are called while it is held.
 */
final class Draining implements Drains {
  private final Gateway gateway;
  private final Journal journal;
  private final InstantSource clock;
  private final Map<String, Long> leaving = new LinkedHashMap<>();

  Draining(Gateway gateway, Journal journal, InstantSource clock) {
    this.gateway = gateway;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public synchronized void drain(String proxy, Duration longest) {
    leaving.put(proxy, clock.millis() + longest.toMillis());
  }

  @Override
  public synchronized boolean isDraining(String proxy) {
    return leaving.containsKey(proxy);
  }

  /** These proxies are used, again or still. */
  synchronized void used(Set<String> proxies) {
    leaving.keySet().removeAll(proxies);
  }

  /** Looks who is empty and whose time is over. */
  synchronized void look() {
    if (leaving.isEmpty()) return;
    long now = clock.millis();
    Map<String, Long> open =
        gateway.leases().stream()
            .map(Lease::proxy)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    leaving
        .entrySet()
        .removeIf(
            entry -> {
              String proxy = entry.getKey();
              boolean late = now >= entry.getValue();
              if (open.containsKey(proxy) && !late) return false;
              int closed = gateway.close(lease -> lease.proxy().equals(proxy));
              Event unused =
                  journal.add(
                      "proxy.drained",
                      Severity.INFO,
                      "proxy:" + proxy,
                      closed == 0
                          ? "proxy:%s carries nothing any more".formatted(proxy)
                          : "proxy:%s had %d tunnels left, which are closed"
                              .formatted(proxy, closed));
              return true;
            });
  }
}
