package io.tradeflood.live;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows that are numbered without holes: one that is missing is seen. */
final class NumberedLine<M> implements RowLine<M> {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Function<? super M, OptionalLong> numberOf;
  private final TreeMap<Long, Held<M>> waiting = new TreeMap<>();
  private long next = UNKNOWN;

  NumberedLine(Function<? super M, OptionalLong> numberOf) {
    this.numberOf = numberOf;
  }

  private long number(M row) {
    return numberOf
        .apply(row)
        .orElseThrow(() -> new IllegalStateException("A row without a number: " + row));
  }

  @Override
  public void known(M row) {
    next = Math.max(next, number(row) + 1);
  }

  @Override
  public void offer(M row, Arrival arrival) {
    long number = number(row);
    if (next == UNKNOWN) next = number;
    if (number >= next) waiting.putIfAbsent(number, new Held<>(row, arrival));
  }

  @Override
  public void fetched(M row, Arrival arrival) {
    offer(row, arrival);
  }

  @Override
  public @Nullable Held<M> poll() {
    Map.Entry<Long, Held<M>> first = waiting.firstEntry();
    if (first == null || first.getKey() != next) return null;
    waiting.pollFirstEntry();
    next++;
    return first.getValue();
  }

  @Override
  public boolean hasHole() {
    return !waiting.isEmpty() && waiting.firstKey() != next;
  }

  @Override
  public boolean isWhole() {
    return !hasHole();
  }

  @Override
  public Optional<M> firstWaiting() {
    return Optional.ofNullable(waiting.firstEntry()).map(entry -> entry.getValue().row());
  }

  @Override
  public int waiting() {
    return waiting.size();
  }

  @Override
  public void skipHole() {
    if (!waiting.isEmpty()) next = waiting.firstKey();
  }

  @Override
  public void hold() {
    // numbers alone say what may be told
  }

  @Override
  public void release() {
    // numbers alone say what may be told
  }
}
