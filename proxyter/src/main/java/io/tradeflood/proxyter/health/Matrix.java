package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.health.Diagnosis.Seen;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The recent outcomes of proxies at targets: what a diagnosis compares before anything is probed.
 * Bounded in time and in number. Owned by the watcher's thread.
 */
final class Matrix {
  private static final int MOST = 20_000;
  private static final long NEAR_MILLIS = 1_000;

  private final Deque<Attempt> recent = new ArrayDeque<>();
  private final Function<String, Optional<String>> providerOf;
  private final long windowMillis;

  Matrix(long windowMillis, Function<String, Optional<String>> providerOf) {
    this.windowMillis = windowMillis;
    this.providerOf = providerOf;
  }

  void add(Attempt attempt) {
    recent.addLast(attempt);
    if (recent.size() > MOST) recent.removeFirst();
    forget(attempt.at().toEpochMilli());
  }

  private void forget(long now) {
    while (!recent.isEmpty() && recent.peekFirst().at().toEpochMilli() < now - windowMillis)
      recent.removeFirst();
  }

  /** What the outcomes say around a failure; its own pair's earlier successes speak for nobody. */
  Diagnosis.Sights around(Attempt failure, boolean repeated) {
    forget(failure.at().toEpochMilli());
    Optional<String> provider = providerOf.apply(failure.proxy());
    Predicate<Attempt> own = a -> a.proxy().equals(failure.proxy());
    Predicate<Attempt> same = a -> a.origin().equals(failure.origin());
    Predicate<Attempt> peer =
        a -> provider.isPresent() && providerOf.apply(a.proxy()).equals(provider);
    Set<String> failing = new HashSet<>();
    Set<Optional<String>> providers = new HashSet<>();
    for (Attempt a : recent)
      if (own.negate().and(same).test(a) && a.signal().isFailure()) {
        failing.add(a.proxy());
        providers.add(providerOf.apply(a.proxy()).or(() -> Optional.of("alone:" + a.proxy())));
      }
    return new Diagnosis.Sights(
        failure.signal(),
        repeated,
        seen(own.and(same.negate()), failure),
        seen(own.negate().and(same), failure),
        failing.size(),
        providers.size(),
        seen(own.negate().and(peer), failure),
        seen(own.negate().and(peer.negate()), failure),
        Seen.UNKNOWN,
        Seen.UNKNOWN);
  }

  /**
   * Only what came after the failure shows that a way works: at the start of an outage everybody's
   * last outcome was a success. A failure counts from a little before, too.
   */
  private Seen seen(Predicate<Attempt> which, Attempt failure) {
    long at = failure.at().toEpochMilli();
    Seen seen = Seen.UNKNOWN;
    for (Attempt a : recent) {
      if (!which.test(a)) continue;
      long when = a.at().toEpochMilli();
      if (a.signal() == Signal.OK && when > at) return Seen.WORKS;
      if (a.signal().isFailure() && speaks(a) && when >= at - NEAR_MILLIS) seen = Seen.FAILS;
    }
    return seen;
  }

  /** A pair's own affair says nothing about others. */
  private static boolean speaks(Attempt a) {
    return a.signal().blame() != Signal.Blame.PAIR;
  }

  int size() {
    return recent.size();
  }
}
