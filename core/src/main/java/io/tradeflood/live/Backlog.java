package io.tradeflood.live;

import java.util.ArrayList;

/**
 * Messages of a book that cannot be applied yet, in the order of their numbers; bounded, the oldest
 * give way. Not thread-safe.
 */
final class Backlog {
  /** More messages than a fetch usually takes. */
  static final int MOST_MESSAGES = 1024;

  /** As many as take about a megabyte. */
  static final int MOST_LEVELS = 50_000;

  private ArrayList<Waiting> waiting = new ArrayList<>();
  private int levels;

  /**
   * A message that waits.
   *
   * @param received see {@link BookSink#update}
   */
  record Waiting(BookUpdate update, long received) {}

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  Waiting first() {
    return waiting.getFirst();
  }

  void removeFirst() {
    levels -= waiting.removeFirst().update.size();
  }

  void clear() {
    waiting = new ArrayList<>();
    levels = 0;
  }

  /** Keeps a copy, unless there is one already. */
  void add(BookUpdate update, long received) {
    int at = waiting.size();
    if (update.last() != BookUpdate.NONE) {
      while (at > 0 && waiting.get(at - 1).update.last() > update.last()) at--;
      for (int i = at - 1; i >= 0 && waiting.get(i).update.last() == update.last(); i--)
        if (waiting.get(i).update.first() == update.first()) return;
    }
    var copy = new BookUpdate();
    copy.copy(update);
    waiting.add(at, new Waiting(copy, received));
    levels += update.size();
    while (waiting.size() > MOST_MESSAGES || levels > MOST_LEVELS && waiting.size() > 1)
      removeFirst();
  }
}
