package io.tradeflood.proxyter.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The targets that served somebody last: one for each name, so many at most. */
final class Recent {
  private static final int MOST = 32;

  private final Map<String, Served> byOrigin = new LinkedHashMap<>();

  void add(Attempt attempt) {
    byOrigin.remove(attempt.origin());
    byOrigin.put(
        attempt.origin(),
        new Served(attempt.origin(), attempt.target(), attempt.at().toEpochMilli()));
    if (byOrigin.size() > MOST) byOrigin.remove(byOrigin.keySet().iterator().next());
  }

  /** The latest first. */
  List<Served> latest() {
    return List.copyOf(byOrigin.values()).reversed();
  }
}
