package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.event.Callbacks;
import io.tradeflood.proxyter.event.Journal;
import io.tradeflood.proxyter.gateway.Gateway;
import io.tradeflood.proxyter.health.HealthSnapshot;
import io.tradeflood.proxyter.health.Watcher;
import io.tradeflood.proxyter.probe.Prober;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * What operators look at and change.
 *
 * @param prober finds out what is asked; its answers go to the watcher
 * @param drains waits for proxies that are taken out
 * @param clock that all of it goes by
 */
public record Parts(
    Configuration configuration,
    Gateway gateway,
    Watcher watcher,
    Journal journal,
    Callbacks callbacks,
    Prober prober,
    Drains drains,
    InstantSource clock) {

  Settings settings() {
    return configuration.state().settings();
  }

  /** Proxies at targets that are not well; the ban of a removed proxy is kept, but tells nobody. */
  List<HealthSnapshot.PairState> pairs(HealthSnapshot health) {
    Set<String> there = settings().proxies().keySet();
    return health.pairs().stream().filter(pair -> there.contains(pair.proxy())).toList();
  }

  /** How many of a group serve, wherever they are asked to go. */
  int eligible(String group) {
    return watcher.eligible(settings(), group, clock.millis());
  }

  /** How many of a route's groups together; a proxy in two of them counts twice. */
  int eligible(Settings.Route route) {
    return route.groups().stream().mapToInt(this::eligible).sum();
  }
}
