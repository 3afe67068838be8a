package io.tradeflood.live;

import io.tradeflood.model.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bars: the open one is told again and again, the closed one once, unless the exchange corrects it.
 */
final class BarLine<M extends Bar<M>> implements RowLine<M> {
  /** How long an exchange may take to close a bar in its history. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  /** How many bars wait at most; then the oldest go, since newer ones replace them. */
  private static final int WAITING = 10_000;

  private final boolean marked;
  private final ArrayDeque<Held<M>> ready = new ArrayDeque<>();
  private final ArrayDeque<Held<M>> waiting = new ArrayDeque<>();
  private @Nullable M current;
  private @Nullable M lastClosed;

  /** Where a hole was left; what is older has been told. */
  private @Nullable Instant left;

  private boolean holding;
  private boolean hole;

  /**
   * @param marked whether the exchange marks a bar's last state; if not, a bar is closed when a
   *     later one comes
   */
  BarLine(boolean marked) {
    this.marked = marked;
  }

  @Override
  public String kind() {
    return "bars";
  }

  /** Each bar is told again and again; one that is left out does not come later. */
  @Override
  public boolean mayBeOvertaken() {
    return false;
  }

  @Override
  public Duration settling() {
    return SETTLING;
  }

  /** What closed before the feed began is history. */
  @Override
  public List<? extends M> news(List<? extends M> past, Predicate<? super M> isOld) {
    if (current != null) return past;
    M newest = past.getFirst();
    for (M bar : past) if (bar.time().isAfter(newest.time())) newest = bar;
    return List.of(newest);
  }

  @Override
  public void known(M bar) {
    // a later one says that it is history
  }

  @Override
  public void offer(M bar, Arrival arrival) {
    M before = current;
    if (!holding && before != null && bar.time().isAfter(before.time()) && leavesOut(before, bar)) {
      holding = true;
      hole = true;
    }
    if (!holding) {
      take(bar, arrival);
      return;
    }
    if (waiting.size() == WAITING) waiting.poll();
    waiting.add(new Held<>(bar, arrival));
  }

  /** Whether something must have been told between the two that was not. */
  private boolean leavesOut(M before, M bar) {
    boolean next = !bar.time().isAfter(before.interval().next(before.time()));
    return !next || marked && !before.closed();
  }

  @Override
  public void fetched(M bar, Arrival arrival) {
    take(bar, arrival);
  }

  private void take(M bar, Arrival arrival) {
    M before = current;
    if (before == null && left != null && bar.time().isBefore(left)) return;
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
    ready.add(new Held<>(bar, arrival));
  }

  @Override
  public @Nullable Held<M> poll() {
    return ready.poll();
  }

  @Override
  public boolean hasHole() {
    return hole;
  }

  /** Whatever closed is in the history that was fetched. */
  @Override
  public boolean isWhole() {
    return true;
  }

  /** From the open bar on; nothing if there is none. */
  @Override
  public Optional<Instant> missingFrom(Instant lastTold) {
    return Optional.ofNullable(current).map(Bar::time);
  }

  @Override
  public Optional<M> firstWaiting() {
    return Optional.ofNullable(waiting.peek()).map(Held::row);
  }

  @Override
  public int waiting() {
    return waiting.size();
  }

  /** The last state of the bar before is not known. */
  @Override
  public void skipHole() {
    if (current != null) left = current.time();
    current = null;
  }

  @Override
  public void hold() {
    holding = true;
  }

  @Override
  public void release() {
    holding = false;
    hole = false;
    for (var held = waiting.poll(); held != null; held = waiting.poll())
      take(held.row(), held.arrival());
  }
}
