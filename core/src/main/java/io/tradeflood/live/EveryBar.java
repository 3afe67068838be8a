package io.tradeflood.live;

import io.tradeflood.model.Bar;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bars: the open one is told again and again, the closed one once, unless the exchange corrects it.
 * Bars that closed unseen are fetched while newer ones wait; what cannot be had is told as a gap.
 */
final class EveryBar<M extends Bar<M>> implements FeedSink<M> {
  /** How long an exchange may take to close a bar in its history. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  /** How far the exchange's clock may be ahead of ours. */
  private static final Duration SKEW = Duration.ofSeconds(10);

  private static final List<Duration> AGAIN = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));

  /** How many rows wait at most; then the oldest go, since newer ones replace them. */
  private static final int WAITING = 10_000;

  private final FeedSource<M> out;
  private final boolean marked;
  private final Refill<M> refill;
  private final Later later;
  private final InstantSource clock;

  private record Held<M>(M bar, Arrival arrival) {}

  /** Guards all that follows; the feed is told while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final ArrayDeque<Held<M>> waiting = new ArrayDeque<>();
  private @Nullable M current;
  private @Nullable M lastClosed;
  private boolean connectedBefore;
  private boolean lost;
  private boolean holding;
  private int round;
  private int tries;

  /**
   * @param marked whether the exchange marks a bar's last state; if not, a bar is closed when a
   *     later one comes
   */
  EveryBar(FeedSource<M> out, boolean marked, Refill<M> refill, Later later, InstantSource clock) {
    this.out = out;
    this.marked = marked;
    this.refill = refill;
    this.later = later;
    this.clock = clock;
  }

  @Override
  public void rows(List<? extends M> bars, Arrival arrival) {
    lock.lock();
    try {
      if (current == null && arrival.origin().equals(Arrival.SNAPSHOT)) {
        // What closed before the feed began is history.
        M newest = bars.getFirst();
        for (M bar : bars) if (bar.time().isAfter(newest.time())) newest = bar;
        offer(newest, arrival);
        return;
      }
      for (M bar : bars) offer(bar, arrival);
    } finally {
      lock.unlock();
    }
  }

  private void offer(M bar, Arrival arrival) {
    if (holding) {
      if (waiting.size() == WAITING) waiting.poll();
      waiting.add(new Held<>(bar, arrival));
      return;
    }
    M before = current;
    if (before != null && bar.time().isAfter(before.time()) && leavesOut(before, bar)) {
      waiting.add(new Held<>(bar, arrival));
      catchUp();
      return;
    }
    take(bar, arrival);
  }

  /** Whether something must have been told between the two that was not. */
  private boolean leavesOut(M before, M bar) {
    boolean next = !bar.time().isAfter(before.interval().next(before.time()));
    return !next || marked && !before.closed();
  }

  private void take(M bar, Arrival arrival) {
    M before = current;
    if (before == null || bar.time().isAfter(before.time())) {
      if (before != null && !before.closed()) tell(before.closed(true), arrival);
      current = bar;
      tell(bar, arrival);
      return;
    }
    if (bar.time().equals(before.time())) {
      if (bar.equals(before) || before.closed() && !bar.closed()) return;
      current = bar;
      tell(bar, arrival);
      return;
    }
    // A correction of the one that closed last; anything older is known.
    M closed = lastClosed;
    if (closed != null && bar.closed() && bar.time().equals(closed.time()) && !bar.equals(closed))
      tell(bar, arrival);
  }

  private void tell(M bar, Arrival arrival) {
    if (bar.closed()) lastClosed = bar;
    out.rows(List.of(bar), arrival);
  }

  private void hold() {
    holding = true;
    tries = 0;
    round++;
  }

  @Override
  public void state(FeedState state, Instant received) {
    lock.lock();
    try {
      if (state instanceof FeedState.Connected && connectedBefore && !lost) return;
      out.state(state, received);
      switch (state) {
        case FeedState.Connected _ -> connected(received);
        case FeedState.Desynced _ -> {
          if (!connectedBefore) return;
          lost = true;
          hold();
        }
        case FeedState.Synced _, FeedState.Gap _, FeedState.Stale _ -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  private void connected(Instant received) {
    connectedBefore = true;
    if (lost && current != null) {
      catchUp();
      return;
    }
    lost = false;
    holding = false;
    out.state(new FeedState.Synced(), received);
  }

  private void catchUp() {
    hold();
    int current = round;
    if (refill.lack().isPresent()) {
      gap(refill.lack().get());
      caughtUp();
    } else later.run(SETTLING, () -> fetch(current));
  }

  private void fetch(int forRound) {
    TimeRange range;
    lock.lock();
    try {
      M from = current;
      if (forRound != round || !holding || from == null) return;
      Instant latest = clock.instant().minusSeconds(1);
      range =
          new TimeRange(
              from.time().isAfter(latest) ? latest : from.time(), clock.instant().plus(SKEW));
    } finally {
      lock.unlock();
    }
    refill.fetch(
        range,
        new Refill.Taker<>() {
          @Override
          public void row(M bar) {
            fetched(forRound, bar);
          }

          @Override
          public void end(Optional<String> whyNot) {
            fetched(forRound, whyNot);
          }
        });
  }

  private void fetched(int forRound, M bar) {
    lock.lock();
    try {
      if (forRound != round) return;
      take(bar, new Arrival(clock.instant(), Arrival.REST, Optional.empty()));
    } finally {
      lock.unlock();
    }
  }

  private void fetched(int forRound, Optional<String> whyNot) {
    lock.lock();
    try {
      if (forRound != round) return;
      if (whyNot.isPresent()) {
        if (tries < AGAIN.size()) {
          later.run(AGAIN.get(tries++), () -> fetch(forRound));
          return;
        }
        gap(whyNot.get());
      }
      caughtUp();
    } finally {
      lock.unlock();
    }
  }

  private void gap(String reason) {
    M from = current;
    if (from == null) return;
    Instant now = clock.instant();
    Instant to = waiting.isEmpty() ? now : waiting.getFirst().bar().time();
    if (!to.isAfter(from.time())) to = from.time().plusMillis(1);
    out.state(
        new FeedState.Gap(
            new TimeRange(from.time(), to),
            (lost ? "the connection was lost" : "the stream left bars out")
                + ", and they could not be fetched: "
                + reason),
        now);
    current = null; // its last state is not known
  }

  private void caughtUp() {
    boolean told = lost;
    holding = false;
    lost = false;
    round++;
    for (var held = waiting.poll(); held != null; held = waiting.poll())
      take(held.bar(), held.arrival());
    if (told) out.state(new FeedState.Synced(), clock.instant());
  }

  @Override
  public void end(Optional<Failure> why) {
    lock.lock();
    try {
      round++;
      out.end(why);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean wantsRaw() {
    return out.wantsRaw();
  }

  @Override
  public boolean isFull() {
    return out.isFull();
  }
}
