package io.tradeflood.proxyter.limit;

import java.time.Duration;
import java.util.List;

/**
 * A limit: something is taken from it before a tunnel is opened. Safe for any number of threads;
 * times are milliseconds since 1970 of one clock, and may stand still but not go back by much.
 */
public sealed interface Limit permits ConcurrentLimit, RateLimit, WindowLimit {
  /** A limit of the kind. */
  static Limit of(Spec spec) {
    return switch (spec) {
      case Spec.Concurrent c -> new ConcurrentLimit(c);
      case Spec.Rate r -> new RateLimit(r);
      case Spec.Window w -> new WindowLimit(w);
    };
  }

  /** What was declared. */
  Spec spec();

  /**
   * The limit under a changed declaration. What is used stays used where both are of one kind; the
   * old one must not be taken from any more, but what it lent may be given back to it.
   */
  Limit under(Spec changed);

  /**
   * Takes so much, or nothing at all.
   *
   * @return whether there was room
   */
  boolean take(long amount, long now);

  /** Gives back what was taken and not used, or, of a concurrent limit, what has ended. */
  void giveBack(long amount, long now);

  /** Whether what was taken is held until it ends, rather than used up. */
  default boolean isHeld() {
    return this instanceof ConcurrentLimit;
  }

  /**
   * When there could be room for so much; now if there is, {@link Long#MAX_VALUE} if it cannot be
   * told because others must end first, or never will be.
   */
  long roomAt(long amount, long now);

  /** Somebody found no room. */
  void rejected();

  /** How often somebody found no room. */
  long rejections();

  /** What is used now. */
  long used(long now);

  /** Learns from outside how much of the current window is used; only ever upwards. */
  default void atLeast(long used, long now) {}

  /**
   * What is used, as it is kept over a restart; empty if there is nothing worth it: what is held
   * ends with its holder.
   */
  default List<Long> memory(long now) {
    return List.of();
  }

  /** Goes on with what was kept; what a limit of another shape kept is left alone. */
  default void restore(List<Long> memory) {}

  /** How much may be used. */
  default long capacity() {
    return switch (spec()) {
      case Spec.Concurrent c -> c.most();
      case Spec.Rate r -> r.burst();
      case Spec.Window w -> w.most();
    };
  }

  /** What a limit is declared as. */
  sealed interface Spec {
    /** So many at once. */
    record Concurrent(long most) implements Spec {
      public Concurrent {
        require(most >= 1, "a concurrent limit must be at least 1, was " + most);
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
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) throw new IllegalArgumentException(otherwise);
    }
  }
}
