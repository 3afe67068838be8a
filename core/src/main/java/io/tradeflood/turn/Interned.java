package io.tradeflood.turn;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest calls of one endpoint, so that a call written again is mostly the same object:
 * equality becomes identity, and memory is taken once. It may forget calls, which then are written
 * anew; nothing but speed depends on it. The whole is given up when memory runs short.
 *
 * <p>Calls are mostly written again in the order in which they were written first: another asker
 * wants the same pages. While that holds, the next one is looked for behind the last one, and
 * neither is a hash made nor memory searched. All this is known without locks: who is mistaken
 * because of another thread looks by hash.
 */
final class Interned {
  private static final int SMALLEST = 1 << 7;
  private static final int LARGEST = 1 << 18;
  private static final int REACH = 8;

  /**
   * Replaced when it grows, without a lock: what another thread adds meanwhile may be forgotten.
   */
  private volatile SoftReference<Table> table = new SoftReference<>(null);

  /** Where the call stands that was written last, and whether it stood behind the one before. */
  private int latest;

  private boolean inStep;

  /** Calls by their hash, and in the order in which they were first written. */
  private static final class Table {
    private final AtomicReferenceArray<@Nullable Call<?>> hashed;
    private final AtomicReferenceArray<@Nullable Call<?>> ordered;
    private int end;

    Table(int length) {
      hashed = new AtomicReferenceArray<>(length);
      ordered = new AtomicReferenceArray<>(length);
    }

    int length() {
      return hashed.length();
    }

    @Nullable Call<?> at(int place) {
      return ordered.getAcquire(place & (ordered.length() - 1));
    }

    @Nullable Call<?> find(Object[] arguments, int hash) {
      int mask = hashed.length() - 1;
      int first = mixed(hash);
      for (int i = 0; i < REACH; i++) {
        var call = hashed.getAcquire((first + i) & mask);
        if (call == null) return null;
        if (call.hashCode() == hash && call.has(arguments)) return call;
      }
      return null;
    }

    boolean put(Call<?> call) {
      int mask = hashed.length() - 1;
      int first = mixed(call.hashCode());
      for (int i = 0; i < REACH; i++)
        if (hashed.compareAndSet((first + i) & mask, null, call)) {
          line(call);
          return true;
        }
      return false;
    }

    /** Puts it where another is, which is forgotten. */
    void displace(Call<?> call) {
      hashed.setRelease(mixed(call.hashCode()) & (hashed.length() - 1), call);
      line(call);
    }

    /** Eight hashes in a row stay together, as pages in a row do in memory. */
    private static int mixed(int hash) {
      int spread = (hash >>> 3) * 0x9E3779B9;
      return (spread ^ (spread >>> 15)) << 3 | (hash & 7);
    }

    private void line(Call<?> call) {
      call.place = end;
      ordered.setRelease(end++ & (ordered.length() - 1), call);
    }

    Table larger() {
      var larger = new Table(length() * 4);
      for (int i = Math.max(0, end - length()); i < end; i++) {
        var call = at(i);
        if (call != null) larger.put(call);
      }
      return larger;
    }
  }

  private Table table() {
    var known = table.get();
    if (known != null) return known;
    var fresh = new Table(SMALLEST);
    table = new SoftReference<>(fresh);
    return fresh;
  }

  /** The call with these arguments if it is written after the same one as before. */
  @Nullable Call<?> guess(Object[] arguments) {
    if (!inStep) return null;
    var call = table().at(latest + 1);
    if (call != null && call.has(arguments)) {
      latest++;
      return call;
    }
    inStep = false;
    return null;
  }

  @Nullable Call<?> find(Object[] arguments, int hash) {
    var call = table().find(arguments, hash);
    if (call == null) return null;
    inStep = call.place == latest + 1;
    latest = call.place;
    return call;
  }

  void add(Call<?> call) {
    var known = table();
    while (!known.put(call)) {
      if (known.length() >= LARGEST) {
        known.displace(call);
        break;
      }
      known = known.larger();
      table = new SoftReference<>(known);
    }
    latest = call.place;
  }
}
