package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.health.Diagnosis.Seen;
import io.tradeflood.proxyter.health.HealthBook.Pair;
import io.tradeflood.proxyter.health.Signal.Blame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * When each proxy last served and last failed at each target: what a diagnosis compares before
 * anything is probed. Bounded in time and in number. Owned by the watcher's thread.
 */
final class Matrix {
  private static final int MOST = 20_000;

  /** Failures that are so close belong together. */
  private static final long NEAR_MILLIS = 1_000;

  private static final long NEVER = Long.MIN_VALUE / 2;

  /** The last of each kind. */
  private static final class Cell {
    private long served = NEVER;

    /** When what was served last had begun. */
    private long begun = NEVER;

    private long failed = NEVER;
    private Signal failure = Signal.OK;

    /** Whether a probe has made sure that the failure is not the target's. */
    private boolean isTelling;

    long last() {
      return Math.max(served, failed);
    }
  }

  /** The eldest first. */
  private final Map<Pair, Cell> cells = new LinkedHashMap<>();

  private final Function<String, Optional<String>> providerOf;
  private final Predicate<String> isDirect;
  private final long windowMillis;
  private long lastServed = NEVER;

  /**
   * @param isDirect which are no proxies, but this machine's own address
   */
  Matrix(
      long windowMillis,
      Function<String, Optional<String>> providerOf,
      Predicate<String> isDirect) {
    this.windowMillis = windowMillis;
    this.isDirect = isDirect;
    this.providerOf = providerOf;
  }

  /** A pair's own affair, such as a ban, says nothing about others and is not kept. */
  void add(Attempt attempt) {
    add(attempt, begin(attempt), false);
  }

  /**
   * What a probe saw because of a failure: it began behind it, however close together they are, and
   * made sure that a failure elsewhere is not that target's own.
   */
  void addBehind(Attempt failure, Attempt seen) {
    add(
        seen,
        Math.max(begin(seen), failure.at().toEpochMilli() + 1),
        !seen.origin().equals(failure.origin()));
  }

  /**
   * @param isTelling whether the target is known to serve, so that a failure is not its own
   */
  private void add(Attempt attempt, long begun, boolean isTelling) {
    long at = attempt.at().toEpochMilli();
    boolean served = attempt.signal() == Signal.OK;
    if (!served && (!attempt.signal().isFailure() || attempt.signal().blame() == Blame.PAIR))
      return;
    var pair = new Pair(attempt.proxy(), attempt.origin());
    Cell known = cells.remove(pair);
    Cell cell = known == null ? new Cell() : known;
    cells.put(pair, cell);
    if (served) {
      cell.served = Math.max(cell.served, at);
      cell.begun = Math.max(cell.begun, begun);
      lastServed = Math.max(lastServed, at);
    } else if (at >= cell.failed) {
      cell.failed = at;
      cell.failure = attempt.signal();
      cell.isTelling = isTelling;
    }
    forget(at);
  }

  /** Parts of a millisecond are not told: at worst it began one earlier. */
  private static long begin(Attempt attempt) {
    long millis = attempt.millis();
    return attempt.at().toEpochMilli() - millis - (millis > 0 ? 1 : 0);
  }

  private void forget(long now) {
    var eldest = cells.values().iterator();
    while (eldest.hasNext()) {
      boolean isOld = eldest.next().last() < now - windowMillis;
      if (!isOld && cells.size() <= MOST) return;
      eldest.remove();
    }
  }

  /** Whether anybody was served since, so that this machine reaches something. */
  boolean isAnybodyServedSince(long at) {
    return lastServed >= at;
  }

  int size() {
    return cells.size();
  }

  /**
   * What the outcomes say around a failure; its own pair's speak for nobody.
   *
   * <p>Only what began after the failure shows that a way works: at the start of an outage
   * everybody's last outcome was a success, and some are told late. A failure counts from a little
   * before, too.
   */
  Diagnosis.Sights around(Attempt failure, boolean repeated) {
    long at = failure.at().toEpochMilli();
    Optional<String> provider = providerOf.apply(failure.proxy());
    Set<String> failing = new HashSet<>();
    Set<String> telling = new HashSet<>();
    Set<String> providers = new HashSet<>();
    Map<String, Long> inDoubt = new HashMap<>();
    Seen elsewhere = Seen.UNKNOWN;
    Seen others = Seen.UNKNOWN;
    Seen peers = Seen.UNKNOWN;
    Seen strangers = Seen.UNKNOWN;
    Seen direct = Seen.UNKNOWN;
    for (var entry : cells.entrySet()) {
      Pair pair = entry.getKey();
      Cell cell = entry.getValue();
      if (cell.last() < at - windowMillis) continue;
      boolean same = pair.origin().equals(failure.origin());
      if (pair.proxy().equals(failure.proxy())) {
        if (same) continue;
        boolean itsOwn = cell.isTelling || cell.failure.blame() == Blame.PROXY;
        elsewhere = seen(elsewhere, cell, at, itsOwn);
        if (!itsOwn && failsNow(cell, at)) inDoubt.put(pair.origin(), cell.failed);
        continue;
      }
      if (isDirect.test(pair.proxy())) {
        if (same) direct = seen(direct, cell, at, true);
        continue;
      }
      Optional<String> its = providerOf.apply(pair.proxy());
      if (same) {
        others = seen(others, cell, at, isOfTarget(cell.failure));
        if (cell.failed >= at - windowMillis
            && cell.failed > cell.served
            && cell.failure.blame() != Blame.PROXY) {
          failing.add(pair.proxy());
          providers.add(its.orElse("alone:" + pair.proxy()));
          if (cell.failure.isTold()) telling.add(pair.proxy());
        }
      }
      // A peer that fails at the same target only may share the target's fault.
      if (provider.isPresent() && its.equals(provider)) peers = seen(peers, cell, at, !same);
      else strangers = seen(strangers, cell, at, true);
    }
    if (elsewhere == Seen.UNKNOWN && isAnybodyElseServed(failure.proxy(), inDoubt))
      elsewhere = Seen.FAILS;
    return new Diagnosis.Sights(
        failure.signal(),
        repeated,
        elsewhere,
        others,
        failing.size(),
        providers.size(),
        telling.size(),
        false,
        peers,
        strangers,
        direct,
        Seen.UNKNOWN);
  }

  /** The proxies that fail at the failure's target, by no fault of their own, and serve others. */
  Set<String> failingOnlyAt(Attempt failure) {
    long since = failure.at().toEpochMilli() - windowMillis;
    Set<String> failing = new HashSet<>();
    Set<String> serving = new HashSet<>();
    cells.forEach(
        (pair, cell) -> {
          boolean there = pair.origin().equals(failure.origin());
          if (cell.last() < since) return;
          if (!there && cell.served > cell.failed) serving.add(pair.proxy());
          if (there && cell.failed > cell.served && cell.failure.blame() != Blame.PROXY)
            failing.add(pair.proxy());
        });
    failing.retainAll(serving);
    return failing;
  }

  /** What was known, and what a cell adds to it. */
  private static Seen seen(Seen before, Cell cell, long at, boolean failuresCount) {
    if (before == Seen.WORKS || cell.begun > at) return Seen.WORKS;
    return failuresCount && failsNow(cell, at) ? Seen.FAILS : before;
  }

  private static boolean failsNow(Cell cell, long at) {
    return cell.failed >= at - NEAR_MILLIS && cell.failed > cell.served;
  }

  /**
   * Whether a target that a proxy failed at has served another since: then the failure is not the
   * target's.
   *
   * @param failed when it failed, by target
   */
  private boolean isAnybodyElseServed(String proxy, Map<String, Long> failed) {
    if (failed.isEmpty()) return false;
    for (var entry : cells.entrySet()) {
      Long since = failed.get(entry.getKey().origin());
      if (since != null && entry.getValue().begun > since && !entry.getKey().proxy().equals(proxy))
        return true;
    }
    return false;
  }

  /** Whether a failure of another proxy can be the target's, or everybody's. */
  private static boolean isOfTarget(Signal signal) {
    return signal.blame() != Blame.PROXY || signal.mayBeUs();
  }
}
