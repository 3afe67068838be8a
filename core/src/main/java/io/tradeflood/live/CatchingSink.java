package io.tradeflood.live;

import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows none of which may be missed. What a broken connection, or a hole in their line, leaves out
 * is fetched while newer rows wait; what cannot be had is told as a gap.
 */
final class CatchingSink<M> implements FeedSink<M> {
  /** How long a hole may be due to messages that overtook one another. */
  private static final Duration OVERTAKEN = Duration.ofMillis(300);

  /** What is fetched once more, since it was not all there yet, waits so long before each try. */
  private static final List<Duration> AGAIN = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));

  /** How far the exchange's clock may be ahead of ours. */
  private static final Duration SKEW = Duration.ofSeconds(10);

  /** How many rows wait at most. */
  static final int WAITING = 100_000;

  private final FeedSource<M> out;
  private final Refill<M> refill;
  private final Later later;
  private final InstantSource clock;
  private final Function<? super M, OptionalLong> numberOf;

  /** Guards all that follows; the feed is told while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Another one if the first row has a number. */
  private RowLine<M> line;

  private boolean begun;
  private boolean connectedBefore;
  private boolean everLost;
  private boolean lost;

  /** Whether rows wait for those that are missing before them. */
  private boolean holding;

  /** Counts what is being waited for, so that what comes too late is known. */
  private int round;

  private int tries;
  private Instant since = Instant.EPOCH;
  private @Nullable Instant lastTime;

  /**
   * @param line the line of rows without numbers
   * @param numberOf the rows' numbers, without holes; empty if they have none
   */
  CatchingSink(
      FeedSource<M> out,
      RowLine<M> line,
      Function<? super M, OptionalLong> numberOf,
      Refill<M> refill,
      Later later,
      InstantSource clock) {
    this.out = out;
    this.line = line;
    this.numberOf = numberOf;
    this.refill = refill;
    this.later = later;
    this.clock = clock;
  }

  @Override
  public void rows(List<? extends M> rows, Arrival arrival) {
    lock.lock();
    try {
      begin(rows.getFirst());
      List<? extends M> news = rows;
      if (arrival.origin().equals(Arrival.SNAPSHOT)) {
        news = line.news(rows, row -> !everLost || isBefore(row));
        tellReady();
      }
      for (M row : news) {
        line.offer(row, arrival);
        tellReady();
        if (!holding && line.hasHole() && !line.mayBeOvertaken()) catchUp();
      }
      if (holding) {
        if (line.waiting() > WAITING) giveUp("more than %,d rows waited".formatted(WAITING));
        else if (!line.hasHole() && !lost && tries == -1) caughtUp(clock.instant());
      } else if (line.hasHole()) {
        hold(-1);
        fetchAfter(OVERTAKEN);
      }
    } finally {
      lock.unlock();
    }
  }

  private void begin(M first) {
    if (begun) return;
    begun = true;
    if (numberOf.apply(first).isPresent()) line = new NumberedLine<>(numberOf);
  }

  private void tellReady() {
    for (var ready = line.poll(); ready != null; ready = line.poll()) tell(ready);
  }

  /** Whether it is from before the feed began. */
  private boolean isBefore(M row) {
    return row instanceof Row timed && timed.time().isBefore(since);
  }

  private void tell(RowLine.Held<M> held) {
    if (held.row() instanceof Row row) lastTime = row.time();
    out.rows(List.of(held.row()), held.arrival());
  }

  /**
   * @param tried -1 while only messages that overtook one another are waited for
   */
  private void hold(int tried) {
    holding = true;
    tries = tried;
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
        case FeedState.Desynced _ -> lost();
        case FeedState.Synced _, FeedState.Gap _, FeedState.Stale _ -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  private void lost() {
    if (!connectedBefore) return;
    everLost = lost = true;
    hold(0);
    line.hold();
  }

  private void connected(Instant received) {
    if (!connectedBefore) {
      connectedBefore = true;
      since = received;
      out.state(new FeedState.Synced(), received);
      return;
    }
    boolean nothing = line.missingFrom(lastTold()).isEmpty();
    // If nothing can be fetched, the next number will tell whether anything is missing.
    if (nothing || refill.lack().isPresent() && line instanceof NumberedLine) caughtUp(received);
    else catchUp();
  }

  private void catchUp() {
    hold(0);
    refill.lack().ifPresentOrElse(this::giveUp, () -> fetchAfter(line.settling()));
  }

  private void fetchAfter(Duration pause) {
    int current = round;
    later.run(pause, () -> fetch(current));
  }

  private void fetch(int forRound) {
    TimeRange range;
    lock.lock();
    try {
      if (forRound != round || !holding) return;
      if (refill.lack().isPresent()) {
        giveUp(refill.lack().get());
        return;
      }
      if (tries < 0) tries = 0;
      range = missing();
    } finally {
      lock.unlock();
    }
    refill.fetch(
        range,
        new Refill.Taker<>() {
          @Override
          public void row(M row) {
            fetched(forRound, row);
          }

          @Override
          public void end(Optional<String> whyNot) {
            fetched(forRound, whyNot);
          }
        });
  }

  /** From the last row that was told, which comes once more, to a while after now. */
  private TimeRange missing() {
    Instant now = clock.instant();
    line.asks(now);
    Instant from = line.missingFrom(lastTold()).orElse(since);
    Instant latest = now.minusSeconds(1);
    if (from.isAfter(latest)) from = latest;
    return new TimeRange(from, now.plus(SKEW));
  }

  private Instant lastTold() {
    return lastTime == null ? since : lastTime;
  }

  private void fetched(int forRound, M row) {
    lock.lock();
    try {
      if (forRound != round) return;
      begin(row);
      if (lastTime == null && isBefore(row)) line.known(row);
      else line.fetched(row, new Arrival(clock.instant(), Arrival.REST, Optional.empty()));
      tellReady();
    } finally {
      lock.unlock();
    }
  }

  private void fetched(int forRound, Optional<String> whyNot) {
    lock.lock();
    try {
      if (forRound != round) return;
      if (whyNot.isEmpty() && line.isWhole()) {
        caughtUp(clock.instant());
        return;
      }
      if (tries < AGAIN.size()) {
        fetchAfter(AGAIN.get(tries++));
        return;
      }
      giveUp(whyNot.orElse("the exchange's history does not have them"));
    } finally {
      lock.unlock();
    }
  }

  private void caughtUp(Instant when) {
    boolean told = lost;
    holding = false;
    lost = false;
    round++;
    line.release();
    tellReady();
    if (told) out.state(new FeedState.Synced(), when);
    if (line.hasHole()) { // another, behind the first
      hold(0);
      fetchAfter(Duration.ZERO);
    }
  }

  private void giveUp(String reason) {
    Instant now = clock.instant();
    line.lost(lastTold(), now).ifPresent(range -> leaveOut(range, reason, now));
    caughtUp(now);
  }

  private void leaveOut(TimeRange range, String reason, Instant now) {
    out.state(
        new FeedState.Gap(
            range,
            (lost ? "the connection was lost" : "the stream left %s out".formatted(line.kind()))
                + ", and they could not be fetched: "
                + reason),
        now);
    line.skipHole();
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
