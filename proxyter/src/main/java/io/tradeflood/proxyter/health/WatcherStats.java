package io.tradeflood.proxyter.health;

import java.util.Map;

/**
 * What the watcher has looked at since the start.
 *
 * @param attempts how often what was seen, by proxy and the signal's code
 * @param probes what the prober found out, by kind: {@code proxy pair origin diagnosis}
 * @param dropped outcomes that were not looked at because there were too many
 */
public record WatcherStats(
    Map<String, Map<String, Long>> attempts, Map<String, ProbeCount> probes, long dropped) {

  /** How often a probe was answered with good news, and how often not. */
  public record ProbeCount(long good, long bad) {}
}
