package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.config.Settings;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the watcher has concluded, for the data path: read for every tunnel by many threads, so each
 * answer is a look into a published snapshot, without a lock. The data path never writes; it tells
 * the watcher {@link #attempted what it saw}.
 */
public interface HealthView {
  /** Whether the proxy may be asked for the target now. */
  boolean isEligible(String proxy, String origin, long now);

  /**
   * Whether the proxy may be tried where nobody is eligible: it is out for a fault that may have
   * ended. Never one that the target does not want to see.
   */
  default boolean isLastResort(String proxy, String origin, long now) {
    return false;
  }

  /** Why not, with the end of it where there is one; empty if it may. */
  Optional<String> whyNot(String proxy, String origin, long now);

  /**
   * The status by which the target has shut the proxy out, 418 for a ban and 429 for a pause; empty
   * if it has not.
   */
  default OptionalInt shutOut(String proxy, String origin, long now) {
    return OptionalInt.empty();
  }

  /** What part of its ordinary share it gets, above 0 and at most 1. */
  double share(String proxy, long now);

  /**
   * Whether the target is known to be down, so that asking it again is only for the probe; the
   * reason with when it is asked next.
   */
  Optional<String> originDown(String origin, long now);

  /**
   * When the first of a group's proxies may be asked for the target again; {@link Long#MAX_VALUE}
   * if that is not known.
   */
  long eligibleAt(Iterable<String> proxies, String origin, long now);

  /** How many of a group serve now, wherever they are asked to go; 0 if there is no such group. */
  default int eligible(Settings settings, String group, long now) {
    Settings.Group members = settings.groups().get(group);
    if (members == null) return 0;
    return (int)
        members.proxies().stream()
            .map(settings.proxies()::get)
            .filter(proxy -> proxy != null && proxy.enabled())
            .filter(proxy -> isEligible(proxy.id(), "", now))
            .count();
  }

  /** Takes what was seen; never blocks. */
  void attempted(Attempt attempt);

  /** Everything is well, always: for tests and for a start without a watcher. */
  static HealthView calm() {
    return new HealthView() {
      @Override
      public boolean isEligible(String proxy, String origin, long now) {
        return true;
      }

      @Override
      public Optional<String> whyNot(String proxy, String origin, long now) {
        return Optional.empty();
      }

      @Override
      public double share(String proxy, long now) {
        return 1;
      }

      @Override
      public Optional<String> originDown(String origin, long now) {
        return Optional.empty();
      }

      @Override
      public long eligibleAt(Iterable<String> proxies, String origin, long now) {
        return now;
      }

      @Override
      public void attempted(Attempt attempt) {}
    };
  }
}
