package io.tradeflood.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is to be told to Proxyter, gathered: good news of one tunnel becomes one line. Times are
 * nanoseconds of one {@link Timeline}; used by one thread at a time.
 */
final class FeedbackBatch {
  /** Good news waits so long for more. */
  static final Duration GATHERING = Duration.ofMillis(100);

  /** The longest list; of a longer one the oldest go, as Proxyter soon forgets them too. */
  static final int MOST = 4_096;

  private final LinkedHashMap<String, Sighting> good = new LinkedHashMap<>();
  private final List<Sighting> bad = new ArrayList<>();
  private long due = Long.MAX_VALUE;
  private long notBefore = Long.MIN_VALUE;

  void add(Sighting sighting, long now) {
    if (sighting.isGood()) good.merge(sighting.id(), sighting, Sighting::and);
    else bad.add(sighting);
    if (bad.size() > MOST) bad.removeFirst();
    if (good.size() > MOST) good.pollFirstEntry();
    due = Math.min(due, sighting.isUrgent() ? now : now + GATHERING.toNanos());
  }

  /** When it is to be told; empty if there is nothing. */
  OptionalLong due() {
    return due == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(Math.max(due, notBefore));
  }

  /** Everything, bad news first; then there is nothing. */
  List<Sighting> take() {
    var all = new ArrayList<>(bad);
    all.addAll(good.values());
    bad.clear();
    good.clear();
    due = Long.MAX_VALUE;
    return all;
  }

  /** It could not be told: bad news is kept for another try, and nothing is told before that. */
  void putBack(List<Sighting> all, long again) {
    var kept = all.stream().filter(sighting -> !sighting.isGood()).toList();
    bad.addAll(0, kept.subList(Math.max(0, kept.size() - MOST + bad.size()), kept.size()));
    notBefore = again;
    if (!bad.isEmpty()) due = Math.min(due, again);
  }
}
