package io.tradeflood.live;

import io.tradeflood.model.Bar;
import io.tradeflood.model.RecordSchema;
import io.tradeflood.model.TimeRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bars: the open one is told again and again, the closed one once, unless the exchange corrects it.
 */
final class BarLine<M extends Bar<M>> extends HeldLine<M> {
  /** How long an exchange may take to close a bar in its history. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  /** How many bars wait at most; then the oldest go, since newer ones replace them. */
  private static final int WAITING = 10_000;

  private final boolean marked;
  private @Nullable M current;
  private @Nullable M lastClosed;

  /** When it was asked for bars last, and the newest that came. */
  private Instant asked = Instant.MIN;

  private @Nullable M fetched;

  /** Where a hole was left; what is older has been told. */
  private @Nullable Instant left;

  private boolean hole;

  /** Whether the open bar may have changed, or closed, unseen. */
  private boolean unseen;

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
    if (!isHolding() && before != null && leavesOut(before, unseen, bar)) {
      hold();
      hole = true;
    }
    if (waiting.size() == WAITING) waiting.poll();
    super.offer(bar, arrival);
  }

  /**
   * Whether something must have been told between the two that was not.
   *
   * @param unseen whether more of the first may have been told than was heard
   */
  private boolean leavesOut(M before, boolean unseen, M bar) {
    return bar.time().isAfter(nextOf(before))
        || bar.time().isAfter(before.time()) && !before.closed() && (marked || unseen);
  }

  private static Instant nextOf(Bar<?> bar) {
    return bar.interval().next(bar.time());
  }

  @Override
  void take(M bar, Arrival arrival) {
    M before = current;
    M closed = lastClosed;
    if (closed != null && bar.time().equals(closed.time())) {
      // The one that closed last, once more: only a correction is news.
      if (!bar.closed() || isSame(bar, closed)) return;
      if (before != null && before.time().equals(bar.time())) current = bar;
      close(bar, arrival);
      return;
    }
    if (before == null ? left != null && bar.time().isBefore(left) : isOlder(bar, before)) return;
    unseen = false;
    if (bar.equals(before)) return;
    if (before != null && bar.time().isAfter(before.time()) && !before.closed())
      close(before.closed(true), arrival);
    current = bar;
    if (bar.closed()) close(bar, arrival);
    else tell(bar, arrival);
  }

  private static boolean isOlder(Bar<?> bar, Bar<?> than) {
    return bar.time().isBefore(than.time());
  }

  private void close(M bar, Arrival arrival) {
    lastClosed = bar;
    tell(bar, arrival);
  }

  /** Whether they say the same, whatever way they came; what one does not say is no difference. */
  private static boolean isSame(Bar<?> one, Bar<?> other) {
    if (!one.getClass().isRecord()) return one.equals(other);
    for (var component : RecordSchema.of(one.getClass()).components()) {
      var here = component.value(one);
      var there = component.value(other);
      if (component.name().equals("origin") || here.isEmpty() || there.isEmpty()) continue;
      boolean same =
          here.get() instanceof BigDecimal number
              ? number.compareTo((BigDecimal) there.get()) == 0
              : here.equals(there);
      if (!same) return false;
    }
    return true;
  }

  @Override
  public boolean hasHole() {
    return hole;
  }

  /** From the bar on that was not told closed; nothing if there is none. */
  @Override
  public Optional<Instant> missingFrom(Instant lastTold) {
    return Optional.ofNullable(current).map(bar -> bar.closed() ? nextOf(bar) : bar.time());
  }

  /** The bars that closed unseen: those that wait say which, else the clock does. */
  @Override
  public Optional<TimeRange> lost(Instant lastTold, Instant now) {
    M before = current;
    if (before == null) return Optional.empty();
    Instant from = missingFrom(lastTold).orElseThrow();
    Instant to = from;
    boolean open = unseen;
    for (Held<M> held : waiting) {
      M bar = held.row();
      if (isOlder(bar, before)) continue;
      if (leavesOut(before, open, bar)) {
        if (to.equals(from)) from = before.closed() ? nextOf(before) : before.time();
        to = bar.time();
      }
      before = bar;
      open = false;
    }
    if (waiting.isEmpty()) to = before.interval().floor(now);
    return to.isAfter(from) ? Optional.of(new TimeRange(from, to)) : Optional.empty();
  }

  /** The last state of the bar before is not known. */
  @Override
  public void skipHole() {
    if (current != null) left = current.time();
    current = null;
  }

  @Override
  public void hold() {
    unseen = true;
    super.hold();
  }

  @Override
  public void asks(Instant when) {
    asked = when;
    fetched = null;
  }

  @Override
  public void fetched(M bar, Arrival arrival) {
    super.fetched(bar, arrival);
    fetched = bar;
  }

  @Override
  public void release() {
    hole = false;
    M newest = fetched;
    if (newest != null) waiting.removeIf(held -> isBehind(held, newest));
    super.release();
  }

  /**
   * Whether it is an earlier state of the bar that was fetched. A bar's volume and its range only
   * grow; where they are the same, or not known, the time tells.
   */
  private boolean isBehind(Held<M> held, M newest) {
    M bar = held.row();
    if (bar.closed() || !bar.time().equals(newest.time())) return false;
    int grown = compare("volume", bar, newest);
    if (grown == 0) grown = compare("high", bar, newest);
    if (grown == 0) grown = compare("low", newest, bar);
    return grown < 0 || grown == 0 && held.arrival().received().isBefore(asked);
  }

  /** 0 if they are the same, or one has none. */
  private int compare(String name, M one, M other) {
    var here = number(name, one);
    var there = number(name, other);
    return here.isPresent() && there.isPresent() ? here.get().compareTo(there.get()) : 0;
  }

  private Optional<BigDecimal> number(String name, M bar) {
    if (!bar.getClass().isRecord()) return Optional.empty();
    return RecordSchema.of(bar.getClass()).components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .flatMap(component -> component.value(bar))
        .filter(BigDecimal.class::isInstance)
        .map(BigDecimal.class::cast);
  }
}
