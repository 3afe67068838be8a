package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * A route with all it needs.
 *
 * @param pools where its requests leave, in order
 * @param room where they wait; stays when the configuration changes
 * @param usual how long its set-ups usually take; stays, too
 * @param retries how many more tries it may ask for; stays, too
 * @param counts what became of its requests; stays, too
 */
record RoutePlan(
    Settings.Route settings,
    Scope scope,
    List<Pool> pools,
    WaitingRoom room,
    UsualTime usual,
    RetryBudget retries,
    RouteCounts counts) {
  private static final long LEAST_HEDGE = Duration.ofMillis(300).toNanos();

  String type() {
    return settings.type();
  }

  /** After how much silence a second proxy is tried. */
  long hedgeNanos() {
    return settings.hedge().isPresent()
        ? settings.hedge().get().toNanos()
        : Math.max(LEAST_HEDGE, usual.nanos());
  }
}
