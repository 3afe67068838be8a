package io.tradeflood.proxyter.limit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * A limit: something is taken from it before a tunnel is opened. Safe for any number of threads;
 * times are milliseconds since 1970 of one clock, and may stand still but not go back by much.
 */
public abstract sealed class Limit permits ConcurrentLimit, RateLimit, WindowLimit {
  private final Spec spec;
  private final Misses misses;

  /** How often there was no room; goes on under a changed declaration. */
  static final class Misses {
    private final LongAdder tries = new LongAdder();
    private final LongAdder requests = new LongAdder();
  }

  Limit(Spec spec, Misses misses) {
    this.spec = spec;
    this.misses = misses;
  }

  Misses misses() {
    return misses;
  }

  /** A limit of the kind. */
  public static Limit of(Spec spec) {
    return switch (spec) {
      case Spec.Concurrent c -> new ConcurrentLimit(c);
      case Spec.Rate r -> new RateLimit(r);
      case Spec.Window w -> new WindowLimit(w);
    };
  }

  /** What was declared. */
  public final Spec spec() {
    return spec;
  }

  /**
   * The limit under a changed declaration. What is used stays used where both are of one kind; the
   * old one must not be taken from any more, but what it lent may be given back to it.
   */
  public abstract Limit under(Spec changed);

  /**
   * Takes so much, or nothing at all.
   *
   * @return whether there was room
   */
  public abstract boolean take(long amount, long now);

  /** Gives back what was taken and not used, or, of a concurrent limit, what has ended. */
  public abstract void giveBack(long amount, long now);

  /** Whether what was taken is held until it ends, rather than used up. */
  public final boolean isHeld() {
    return this instanceof ConcurrentLimit;
  }

  /**
   * When there could be room for so much; now if there is, {@link Long#MAX_VALUE} if it cannot be
   * told because others must end first, or never will be.
   */
  public abstract long roomAt(long amount, long now);

  /** Somebody looked for room in vain, and may look again. */
  public final void missed() {
    misses.tries.increment();
  }

  /** How often somebody looked for room in vain. */
  public final long missedTries() {
    return misses.tries.sum();
  }

  /** A request was refused for want of room. */
  public final void refused() {
    misses.requests.increment();
  }

  /** How many requests were refused for want of room. */
  public final long refusedRequests() {
    return misses.requests.sum();
  }

  /** What is used now. */
  public abstract long used(long now);

  /** Learns from outside how much of the current window is used; only ever upwards. */
  public void atLeast(long used, long now) {}

  /**
   * What is used, as it is kept over a restart; empty if there is nothing worth it: what is held
   * ends with its holder.
   */
  public List<Long> memory(long now) {
    return List.of();
  }

  /** Goes on with what was kept; what a limit of another shape kept is left alone. */
  public void restore(List<Long> memory) {}

  /** How much may be used. */
  public final long capacity() {
    return switch (spec) {
      case Spec.Concurrent c -> c.most();
      case Spec.Rate r -> r.burst();
      case Spec.Window w -> w.most();
    };
  }

  /** What a limit is declared as; written out as in the configuration. */
  public sealed interface Spec {
    /** So many at once. */
    record Concurrent(long most) implements Spec {
      public Concurrent {
        require(most >= 1, "a concurrent limit must be at least 1, was " + most);
      }

      @Override
      public String toString() {
        return Long.toString(most);
      }
    }

    /**
     * So much in a time, evenly spread.
     *
     * @param amount how much in the time
     * @param per the time
     * @param burst how much may come at once, at least 1
     */
    record Rate(long amount, Duration per, long burst) implements Spec {
      public Rate {
        require(amount >= 1, "a rate must be at least 1, was " + amount);
        require(per.toMillis() >= 1, "a rate's time must be at least 1 ms, was " + per);
        require(burst >= 1, "a rate's burst must be at least 1, was " + burst);
      }

      @Override
      public String toString() {
        return amount + "/" + Spec.length(per) + (burst > 1 ? " burst " + burst : "");
      }
    }

    /**
     * Never more than so much in a window.
     *
     * @param most how much
     * @param length the length of the window
     * @param rolling whether every stretch of that length is a window, rather than those that start
     *     at multiples of it since 1970
     */
    record Window(long most, Duration length, boolean rolling) implements Spec {
      public Window {
        require(most >= 1, "a window must hold at least 1, was " + most);
        require(length.toMillis() >= 10, "a window must be at least 10 ms long, was " + length);
      }

      @Override
      public String toString() {
        return most + "/" + Spec.length(length) + (rolling ? " rolling" : "");
      }
    }

    private static String length(Duration time) {
      long millis = time.toMillis();
      if (millis % 86_400_000 == 0) return millis / 86_400_000 + "d";
      if (millis % 3_600_000 == 0) return millis / 3_600_000 + "h";
      if (millis % 60_000 == 0) return millis / 60_000 + "m";
      return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) throw new IllegalArgumentException(otherwise);
    }
  }
}
