package io.tradeflood.proxyter;

import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.event.Journal;
import io.tradeflood.proxyter.gateway.Gateway;
import io.tradeflood.proxyter.gateway.GatewayStats.LimitUse;
import io.tradeflood.proxyter.health.Change.Severity;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Limits in which somebody found no room: each is told of once a minute at most. */
final class Saturation {
  private static final long QUIET_MILLIS = 60_000;

  private final Gateway gateway;
  private final Journal journal;
  private final InstantSource clock;
  private final Map<String, Long> missed = new HashMap<>();
  private final Map<String, Long> told = new HashMap<>();

  Saturation(Gateway gateway, Journal journal, InstantSource clock) {
    this.gateway = gateway;
    this.journal = journal;
    this.clock = clock;
  }

  /** Looks who has turned somebody away since the last look; by one thread. */
  void look() {
    long now = clock.millis();
    Set<String> known = new HashSet<>();
    for (LimitUse limit : gateway.stats().limits()) {
      String name = "limit:" + limit.scope() + "#" + limit.kind();
      known.add(name);
      Long before = missed.put(name, limit.missed());
      boolean turnedAway = limit.missed() > (before == null ? 0 : before);
      Long last = told.get(name);
      if (!turnedAway || last != null && now - last < QUIET_MILLIS) continue;
      told.put(name, now);
      Event unused =
          journal.add(
              "limit.saturated",
              Severity.WARNING,
              name,
              "%s has no room: %d of %d are used".formatted(name, limit.used(), limit.capacity()));
    }
    missed.keySet().retainAll(known);
    told.keySet().retainAll(known);
  }
}
