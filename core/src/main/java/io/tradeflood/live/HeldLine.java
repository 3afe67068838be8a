package io.tradeflood.live;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line that rows themselves do not order: it is told as it comes, or waits as it came. */
abstract sealed class HeldLine<M> implements RowLine<M> permits DistinctLine, BarLine {
  private final ArrayDeque<Held<M>> ready = new ArrayDeque<>();
  final ArrayDeque<Held<M>> waiting = new ArrayDeque<>();
  private boolean holding;

  /** Takes the next row of the line, which is told if it says anything new. */
  abstract void take(M row, Arrival arrival);

  final void tell(M row, Arrival arrival) {
    ready.add(new Held<>(row, arrival));
  }

  final boolean isHolding() {
    return holding;
  }

  @Override
  public void offer(M row, Arrival arrival) {
    if (holding) waiting.add(new Held<>(row, arrival));
    else take(row, arrival);
  }

  @Override
  public void fetched(M row, Arrival arrival) {
    take(row, arrival);
  }

  @Override
  public final @Nullable Held<M> poll() {
    return ready.poll();
  }

  @Override
  public final Optional<M> firstWaiting() {
    return Optional.ofNullable(waiting.peek()).map(Held::row);
  }

  @Override
  public final int waiting() {
    return waiting.size();
  }

  /** Whatever there is, is in the history that was fetched. */
  @Override
  public final boolean isWhole() {
    return true;
  }

  @Override
  public void hold() {
    holding = true;
  }

  @Override
  public void release() {
    holding = false;
    for (var held = waiting.poll(); held != null; held = waiting.poll())
      take(held.row(), held.arrival());
  }
}
