package io.tradeflood.turn;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one endpoint that somebody still holds, so that a call written again is mostly the
 * same object: equality becomes identity, and only a new call needs to look for the line that plans
 * it. It may forget calls, which then are written anew; nothing but speed depends on it.
 */
final class Interned {
  private static final int SMALLEST = 1 << 6;
  private static final int LARGEST = 1 << 18;
  private static final int REACH = 8;

  /**
   * Replaced when it grows, without a lock: what another thread adds meanwhile may be forgotten.
   */
  private volatile AtomicReferenceArray<@Nullable Entry> entries =
      new AtomicReferenceArray<>(SMALLEST);

  @Nullable Call<?> find(Object[] arguments, int hash) {
    var table = entries;
    int mask = table.length() - 1;
    for (int i = 0; i < REACH; i++) {
      var entry = table.get((hash + i) & mask);
      if (entry == null) return null;
      if (entry.hash != hash) continue;
      var call = entry.get();
      if (call != null && call.has(arguments)) return call;
    }
    return null;
  }

  void add(Call<?> call) {
    var entry = new Entry(call);
    while (!put(entries, entry)) {
      var full = entries;
      if (full.length() >= LARGEST) {
        full.set(entry.hash & (full.length() - 1), entry);
        return;
      }
      entries = grown(full);
    }
  }

  private static boolean put(AtomicReferenceArray<@Nullable Entry> table, Entry entry) {
    int mask = table.length() - 1;
    for (int i = 0; i < REACH; i++) {
      int index = (entry.hash + i) & mask;
      var old = table.get(index);
      if ((old == null || old.refersTo(null)) && table.compareAndSet(index, old, entry))
        return true;
    }
    return false;
  }

  private static AtomicReferenceArray<@Nullable Entry> grown(
      AtomicReferenceArray<@Nullable Entry> full) {
    var larger = new AtomicReferenceArray<@Nullable Entry>(full.length() * 2);
    for (int i = 0; i < full.length(); i++) {
      var entry = full.get(i);
      if (entry != null && !entry.refersTo(null)) put(larger, entry);
    }
    return larger;
  }

  private static final class Entry extends WeakReference<Call<?>> {
    final int hash;

    Entry(Call<?> call) {
      super(call);
      hash = call.hashCode();
    }
  }
}
