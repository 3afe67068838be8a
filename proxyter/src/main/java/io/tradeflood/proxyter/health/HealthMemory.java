package io.tradeflood.proxyter.health;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What of the conclusions is kept over a restart. All times are absolute, UTC.
 *
 * @param proxies every proxy that is not simply well
 * @param pairs every proxy at a target that is blocked
 */
public record HealthMemory(List<ProxyMemory> proxies, List<HealthSnapshot.PairState> pairs) {

  /** Nothing. */
  public static final HealthMemory NONE = new HealthMemory(List.of(), List.of());

  public HealthMemory {
    proxies = List.copyOf(proxies);
    pairs = List.copyOf(pairs);
    for (HealthSnapshot.PairState pair : pairs) {
      var unused = PairHealth.State.valueOf(pair.state().toUpperCase(Locale.ROOT));
    }
  }

  /**
   * A proxy.
   *
   * @param state as {@link HealthSnapshot.ProxyState#state}
   * @param until when it is looked at next, or the pause or probation ends
   * @param backOff how often it was taken out lately
   * @param certain whether it was taken out without a doubt
   * @param url a mark of where it was and of who we were there; of another one nothing is concluded
   */
  public record ProxyMemory(
      String proxy,
      String state,
      Instant since,
      Optional<Instant> until,
      int backOff,
      Optional<Verdict> verdict,
      boolean certain,
      String url) {
    public ProxyMemory {
      var unused = ProxyHealth.State.valueOf(state.toUpperCase(Locale.ROOT));
    }
  }
}
