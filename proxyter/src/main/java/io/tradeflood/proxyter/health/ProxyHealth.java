package io.tradeflood.proxyter.health;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The state of one proxy. Owned by the watcher's thread.
 *
 * <pre>
 * UP -> SUSPECT -> DOWN -> HALF_OPEN -> PROBATION -> UP
 *              AUTH_FAILED, PAUSED(until) beside it
 * </pre>
 */
final class ProxyHealth {
  /** Uncertain failures in a row that make a proxy suspect. */
  private static final int SUSPICIOUS = 2;

  /** So many targets are remembered of those at which it failed. */
  private static final int MOST_DOUBTS = 64;

  /** Successful probes in a row that end a fault. */
  private static final int CONVINCING = 2;

  /** After so long without a fault the back-off starts anew. */
  private static final long FORGOTTEN_MILLIS = 600_000;

  /** What a proxy is at the moment. */
  enum State {
    UP,
    /** Failed without being found at fault: half its share. */
    SUSPECT,
    /** At fault: only probes reach it. */
    DOWN,
    /** A probe succeeded; the next one decides. */
    HALF_OPEN,
    /** Back, with a growing share. */
    PROBATION,
    /** Our credentials are refused there: until somebody acts. */
    AUTH_FAILED,
    /** Asked to be left alone until a time. */
    PAUSED;

    boolean isServing() {
      return this == UP || this == SUSPECT || this == PROBATION;
    }
  }

  private final String id;
  private State state = State.UP;
  private long since;
  private long until;

  /** Uncertain failures in a row, by target. */
  private final Map<String, Integer> doubts = new HashMap<>();

  private int convinced;
  private int backOff;
  private long upSince;
  private Optional<Verdict> verdict = Optional.empty();
  private Optional<Signal> lastFailure = Optional.empty();
  private boolean certain;

  ProxyHealth(String id, long now) {
    this.id = id;
    this.since = now;
    this.upSince = now;
  }

  /** As it was kept over a restart. */
  static ProxyHealth kept(HealthMemory.ProxyMemory memory, long now) {
    var proxy = new ProxyHealth(memory.proxy(), now);
    proxy.state = State.valueOf(memory.state().toUpperCase(Locale.ROOT));
    proxy.since = memory.since().toEpochMilli();
    proxy.until = memory.until().map(Instant::toEpochMilli).orElse(0L);
    proxy.backOff = Math.max(0, memory.backOff());
    proxy.verdict = memory.verdict();
    proxy.certain = memory.certain();
    return proxy;
  }

  /** What is kept of it over a restart; empty if it is simply well. */
  Optional<HealthMemory.ProxyMemory> memory(String url) {
    if (state == State.UP && backOff == 0) return Optional.empty();
    return Optional.of(
        new HealthMemory.ProxyMemory(
            id,
            state.name().toLowerCase(Locale.ROOT),
            Instant.ofEpochMilli(since),
            until == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until)),
            backOff,
            verdict,
            certain,
            url));
  }

  String id() {
    return id;
  }

  State state() {
    return state;
  }

  /** Since when it is in its state. */
  long since() {
    return since;
  }

  /** When the next probe is due, or the pause or the probation ends; 0 where nothing is awaited. */
  long until() {
    return until;
  }

  Optional<Verdict> verdict() {
    return verdict;
  }

  int backOff() {
    return backOff;
  }

  /** Whether the proxy was taken out by a verdict that leaves no doubt. */
  boolean isCertain() {
    return certain;
  }

  /** Whether the same failure was the last thing seen of it. */
  boolean repeats(Signal signal) {
    return lastFailure.isPresent() && lastFailure.get() == signal;
  }

  /** A tunnel opened. Whether the state changed. */
  boolean succeeded(long now) {
    doubts.clear();
    lastFailure = Optional.empty();
    if (state == State.UP && now - upSince > FORGOTTEN_MILLIS) backOff = 0;
    // Somebody came through although it was out: it is looked at now rather than later.
    if (state == State.DOWN) until = Math.min(until, now);
    return state == State.SUSPECT && to(State.UP, 0, now);
  }

  /** A tunnel failed. */
  void failed(Signal signal) {
    lastFailure = Optional.of(signal);
  }

  /** It failed at a target, and nothing more is known. Whether the state changed. */
  boolean doubt(String origin, long now) {
    return doubt(origin, doubts.getOrDefault(origin, 0) + 1, now);
  }

  /** It was looked into, and it is still not known. Whether the state changed. */
  boolean suspect(String origin, long now) {
    return doubt(origin, SUSPICIOUS, now);
  }

  private boolean doubt(String origin, int failures, long now) {
    if (state != State.UP && state != State.SUSPECT) return false;
    if (doubts.size() < MOST_DOUBTS) doubts.put(origin, failures);
    return state == State.UP && isDoubtful() && to(State.SUSPECT, 0, now);
  }

  private boolean isDoubtful() {
    return doubts.values().stream().mapToInt(n -> n).sum() >= SUSPICIOUS;
  }

  /** Its failures at a target are another's fault. Whether the state changed. */
  boolean acquit(String origin, long now) {
    boolean doubted = doubts.remove(origin) != null;
    return doubted && state == State.SUSPECT && !isDoubtful() && to(State.UP, 0, now);
  }

  /** All its failures are another's fault. Whether the state changed. */
  boolean acquit(long now) {
    doubts.clear();
    return state == State.SUSPECT && to(State.UP, 0, now);
  }

  /** It is at fault. Whether the state changed. */
  boolean eject(Verdict fault, boolean isCertain, long probeAt, long now) {
    verdict = Optional.of(fault);
    certain = isCertain;
    convinced = 0;
    doubts.clear();
    boolean served = state.isServing();
    State next = fault == Verdict.PROXY_AUTH ? State.AUTH_FAILED : State.DOWN;
    // Wrong credentials do not become right by failing otherwise, too.
    if (state == State.AUTH_FAILED || state == next && !served) {
      if (state == State.DOWN) until = Math.max(until, probeAt);
      return false;
    }
    backOff++;
    return to(next, fault == Verdict.PROXY_AUTH ? 0 : probeAt, now);
  }

  /** It asks to be left alone. Whether the state changed. */
  boolean pause(long end, long now) {
    verdict = Optional.of(Verdict.PROXY_QUOTA);
    certain = true;
    if (state == State.PAUSED) {
      until = Math.max(until, end);
      return false;
    }
    return to(State.PAUSED, end, now);
  }

  /** A probe reached it. Whether the state changed. */
  boolean probeSucceeded(long slowStartMillis, long now) {
    if (state == State.DOWN) {
      convinced = 1;
      return to(State.HALF_OPEN, now, now);
    }
    if (state == State.HALF_OPEN && ++convinced >= CONVINCING)
      return to(State.PROBATION, now + slowStartMillis, now);
    return false;
  }

  /** A probe did not reach it. Whether the state changed. */
  boolean probeFailed(long nextProbe, long now) {
    if (state != State.DOWN && state != State.HALF_OPEN) return false;
    convinced = 0;
    backOff++;
    if (state == State.HALF_OPEN) return to(State.DOWN, nextProbe, now);
    until = nextProbe;
    return false;
  }

  /** Time passed. Whether the state changed. */
  boolean tick(long now) {
    if (state == State.PROBATION && now >= until) return to(State.UP, 0, now);
    if (state == State.PAUSED && now >= until) return to(State.PROBATION, now + 10_000, now);
    return false;
  }

  /** Somebody says that it is well: it is tried as one that is back. */
  boolean forgive(long slowStartMillis, long now) {
    backOff = 0;
    return !state.isServing() && to(State.PROBATION, now + slowStartMillis, now);
  }

  boolean isProbeDue(long now) {
    return (state == State.DOWN || state == State.HALF_OPEN) && now >= until;
  }

  /** What part of its ordinary share it gets. */
  double share(long now) {
    return switch (state) {
      case UP -> 1;
      case SUSPECT -> 0.5;
      case PROBATION -> {
        double length = Math.max(1, until - since);
        yield Math.min(1, 0.1 + 0.9 * (now - since) / length);
      }
      case DOWN, HALF_OPEN, AUTH_FAILED, PAUSED -> 0.1;
    };
  }

  private boolean to(State next, long end, long now) {
    if (next == State.UP || next == State.PROBATION) {
      if (!state.isServing() || next == State.UP) verdict = Optional.empty();
      if (next == State.UP) upSince = now;
    }
    state = next;
    since = now;
    until = end;
    return true;
  }
}
