package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.health.HealthBook.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Failures of which nobody knows yet whose fault they are. Each waits a moment for other outcomes
 * to settle it and is then probed: one at a time for each proxy and each target, and not the same
 * again while the answer holds. Owned by the watcher's thread.
 */
final class Questions {
  private static final long PATIENCE_MILLIS = 300;
  private static final long VALID_MILLIS = 10_000;

  /** What was not settled by then is overtaken by what has come since. */
  private static final long STALE_MILLIS = 30_000;

  private static final int MOST = 10_000;

  /**
   * A failure that is open.
   *
   * @param repeated whether the same proxy had failed in the same way just before
   */
  record Question(Attempt failure, boolean repeated) {
    Pair pair() {
      return new Pair(failure.proxy(), failure.origin());
    }
  }

  /** The eldest first. */
  private final Map<Pair, Question> open = new LinkedHashMap<>();

  private final Map<Pair, Long> answered = new HashMap<>();

  void ask(Attempt failure, boolean repeated) {
    if (open.size() >= MOST) return;
    var question = new Question(failure, repeated);
    open.putIfAbsent(question.pair(), question);
  }

  List<Question> open() {
    return open.isEmpty() ? List.of() : List.copyOf(open.values());
  }

  /** It is settled, one way or the other. */
  void close(Pair pair) {
    open.remove(pair);
  }

  void closeOfProxy(String proxy) {
    open.keySet().removeIf(pair -> pair.proxy().equals(proxy));
  }

  void closeOfOrigin(String origin) {
    open.keySet().removeIf(pair -> pair.origin().equals(origin));
  }

  void closeAll() {
    open.clear();
  }

  /** Probes did not settle it: they are not asked again for a while. */
  void leaveOpen(Pair pair, long now) {
    open.remove(pair);
    answered.put(pair, now);
  }

  /** What should be probed now. */
  List<Job.Diagnose> due(Set<Job> running, long now) {
    answered.values().removeIf(at -> now - at > VALID_MILLIS);
    if (open.isEmpty()) return List.of();
    var busyProxies = new HashSet<String>();
    var busyOrigins = new HashSet<String>();
    for (Job job : running)
      if (job instanceof Job.Diagnose(Attempt failure)) {
        busyProxies.add(failure.proxy());
        busyOrigins.add(failure.origin());
      }
    var due = new ArrayList<Job.Diagnose>();
    for (Question question : List.copyOf(open.values())) {
      Attempt failure = question.failure();
      long age = now - failure.at().toEpochMilli();
      if (age < PATIENCE_MILLIS) continue;
      boolean isBusy =
          busyProxies.contains(failure.proxy()) || busyOrigins.contains(failure.origin());
      if (answered.containsKey(question.pair()) || !isBusy && age > STALE_MILLIS)
        open.remove(question.pair());
      else if (!isBusy) {
        busyProxies.add(failure.proxy());
        busyOrigins.add(failure.origin());
        due.add(new Job.Diagnose(failure));
      }
    }
    return due;
  }
}
