package io.tradeflood.turn;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest calls of one endpoint, so that a call written again is mostly the same object:
 * equality becomes identity, and memory is taken once. It may forget calls, which then are written
 * anew; nothing but speed depends on it. The whole is given up when memory runs short.
 */
final class Interned {
  private static final int SMALLEST = 1 << 7;
  private static final int LARGEST = 1 << 18;
  private static final int REACH = 8;

  /**
   * Replaced when it grows, without a lock: what another thread adds meanwhile may be forgotten.
   */
  private volatile SoftReference<AtomicReferenceArray<@Nullable Call<?>>> calls =
      new SoftReference<>(null);

  private AtomicReferenceArray<@Nullable Call<?>> table() {
    var table = calls.get();
    if (table != null) return table;
    var fresh = new AtomicReferenceArray<@Nullable Call<?>>(SMALLEST);
    calls = new SoftReference<>(fresh);
    return fresh;
  }

  @Nullable Call<?> find(Object[] arguments, int hash) {
    var table = table();
    int mask = table.length() - 1;
    for (int i = 0; i < REACH; i++) {
      var call = table.getAcquire((hash + i) & mask);
      if (call == null) return null;
      if (call.hashCode() == hash && call.has(arguments)) return call;
    }
    return null;
  }

  void add(Call<?> call) {
    var table = table();
    while (!put(table, call)) {
      if (table.length() >= LARGEST) {
        table.setRelease(call.hashCode() & (table.length() - 1), call);
        return;
      }
      var larger = new AtomicReferenceArray<@Nullable Call<?>>(table.length() * 4);
      for (int i = 0; i < table.length(); i++) {
        var old = table.getAcquire(i);
        if (old != null) put(larger, old);
      }
      calls = new SoftReference<>(larger);
      table = larger;
    }
  }

  private static boolean put(AtomicReferenceArray<@Nullable Call<?>> table, Call<?> call) {
    int mask = table.length() - 1;
    for (int i = 0; i < REACH; i++)
      if (table.compareAndSet((call.hashCode() + i) & mask, null, call)) return true;
    return false;
  }
}
