package io.tradeflood.live;

import io.tradeflood.model.Row;
import java.util.LinkedHashSet;

/**
 * Rows that are told apart by what they are called, and whose numbers, if they have any, have
 * holes: one that comes twice is seen, one that is missing is not.
 */
final class DistinctLine<M> extends HeldLine<M> {
  /** How many names are remembered. */
  private static final int REMEMBERED = 10_000;

  /** A row without a name of its own is the row itself. */
  private record Name(Object of) {
    static Name of(Object row) {
      return new Name(row instanceof Row named && !named.id().isEmpty() ? named.id() : row);
    }
  }

  private final LinkedHashSet<Name> told = new LinkedHashSet<>();

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
  void take(M row, Arrival arrival) {
    if (isNewName(row)) tell(row, arrival);
  }

  @Override
  public boolean hasHole() {
    return false;
  }

  @Override
  public void skipHole() {
    // there is none that could be seen
  }
}
