package io.tradeflood.proxyter.probe;

import io.tradeflood.proxyter.config.Address;
import io.tradeflood.proxyter.config.Origins;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.health.Watcher;
import io.tradeflood.proxyter.wire.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Targets that tell whether a way works at all: the configured ones, else those that have served
 * clients lately. Never one at which the proxy is blocked.
 */
final class Controls {
  /** What served so long ago says nothing of now. */
  private static final long FRESH_MILLIS = 60_000;

  private final Looks looks;
  private final Watcher watcher;

  /** When configured ones last answered, by {@code host:port}. */
  private final Map<String, Long> answered = new ConcurrentHashMap<>();

  Controls(Looks looks, Watcher watcher) {
    this.looks = looks;
    this.watcher = watcher;
  }

  /**
   * A target to compare with.
   *
   * @param origin our name for it
   * @param isConfigured whether an operator named it, rather than traffic
   */
  record Control(Target target, String origin, boolean isConfigured) {
    Looks.Aim by(String via) {
      return isConfigured ? Looks.Aim.atControl(via, target) : Looks.Aim.at(via, target);
    }
  }

  /** Those that may be asked through a proxy, the best first; none is the origin given. */
  List<Control> of(String proxy, String except, int most) {
    long now = looks.now();
    var found = new ArrayList<Control>();
    for (Control control : configured())
      if (!control.origin().equals(except) && !watcher.isBlocked(proxy, control.origin(), now))
        found.add(control);
    found.sort(Comparator.comparing((Control c) -> -lastAnswer(c)));
    if (found.isEmpty())
      for (var served : watcher.served())
        if (!served.origin().equals(except)
            && now - served.at() < FRESH_MILLIS
            && !watcher.isBlocked(proxy, served.origin(), now))
          found.add(new Control(Target.parse(served.target(), 0), served.origin(), false));
    return found.subList(0, Math.min(most, found.size()));
  }

  /** The configured ones. */
  List<Control> configured() {
    Settings settings = looks.settings();
    var origins = new Origins(settings.origins());
    var all = new ArrayList<Control>();
    for (Address address : settings.health().controls())
      all.add(
          new Control(
              new Target(address.host(), address.port()), origins.of(address.host()), true));
    return all;
  }

  /** A control was asked, by whatever way. */
  void saw(Control control, Sight sight) {
    if (!control.isConfigured()) return;
    String key = control.target().toString();
    if (sight.isServed()) answered.put(key, sight.at().toEpochMilli());
    if (answered.size() > 1_000) answered.clear();
  }

  /** Whether it is beyond doubt that it serves. */
  boolean isGood(Control control) {
    return !control.isConfigured() || looks.now() - lastAnswer(control) < FRESH_MILLIS;
  }

  private long lastAnswer(Control control) {
    return answered.getOrDefault(control.target().toString(), 0L);
  }
}
