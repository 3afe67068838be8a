package io.tradeflood.live;

import io.tradeflood.model.Row;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are told apart by what they are called, and whose numbers, if they have any, have
 * holes: one that comes twice is seen, one that is missing is not.
 */
final class DistinctLine<M> implements RowLine<M> {
  /** How many names are remembered. */
  private static final int REMEMBERED = 10_000;

  /** A row without a name of its own is the row itself. */
  private record Name(Object of) {
    static Name of(Object row) {
      return new Name(row instanceof Row named && !named.id().isEmpty() ? named.id() : row);
    }
  }

  private final LinkedHashSet<Name> told = new LinkedHashSet<>();
  private final ArrayDeque<Held<M>> ready = new ArrayDeque<>();
  private final ArrayDeque<Held<M>> waiting = new ArrayDeque<>();
  private boolean releasing = true;

  private boolean isNewName(M row) {
    if (!told.add(Name.of(row))) return false;
    if (told.size() > REMEMBERED) told.removeFirst();
    return true;
  }

  @Override
  public void known(M row) {
    isNewName(row);
  }

  @Override
  public void offer(M row, Arrival arrival) {
    if (!releasing) waiting.add(new Held<>(row, arrival));
    else if (isNewName(row)) ready.add(new Held<>(row, arrival));
  }

  @Override
  public void fetched(M row, Arrival arrival) {
    if (isNewName(row)) ready.add(new Held<>(row, arrival));
  }

  @Override
  public @Nullable Held<M> poll() {
    return ready.poll();
  }

  @Override
  public boolean hasHole() {
    return false;
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public Optional<M> firstWaiting() {
    return Optional.ofNullable(waiting.peek()).map(Held::row);
  }

  @Override
  public int waiting() {
    return waiting.size();
  }

  @Override
  public void skipHole() {
    // there is none that could be seen
  }

  @Override
  public void hold() {
    releasing = false;
  }

  @Override
  public void release() {
    releasing = true;
    for (var held = waiting.poll(); held != null; held = waiting.poll())
      if (isNewName(held.row())) ready.add(held);
  }
}
