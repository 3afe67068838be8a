package io.tradeflood.turn;

import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A value that is not there yet: what to do to get it, not the doing. Turns are written down by
 * calling the endpoints of a connector and joined with the methods here; a {@link TurnScheme}
 * merges them, a {@link TurnRunner} runs them. Nothing here runs anything.
 *
 * @param <T> the value
 */
public sealed interface Turn<T>
    permits Call, Turn.Now, Turn.Effect, Turn.Then, Turn.All, Turn.Recover, Turn.OrFrom {

  /** A value that is there. */
  static <T> Turn<T> now(T value) {
    return new Now<>(value);
  }

  /** What an endpoint hands out: an act for a transport. */
  static <R, T> Turn<T> of(Act<R, T> act) {
    return new Effect<>(act);
  }

  /** All values, in the order of the turns; everything independent runs at once. */
  static <T> Turn<List<T>> all(Collection<? extends Turn<? extends T>> turns) {
    return new All<>(List.copyOf(turns), false);
  }

  /** All values, in the order of the turns; each turn begins when the one before it has ended. */
  static <T> Turn<List<T>> inOrder(Collection<? extends Turn<? extends T>> turns) {
    return new All<>(List.copyOf(turns), true);
  }

  /** One turn for each part, all at once; their lists joined in the order of the parts. */
  static <A, B> Turn<List<B>> concat(
      Collection<A> parts, Function<? super A, ? extends Turn<List<B>>> each) {
    return Turn.<List<B>>all(parts.stream().map(each).toList())
        .map(lists -> lists.stream().flatMap(List::stream).toList());
  }

  /** The value, changed by a pure function. */
  default <R> Turn<R> map(Step<? super T, ? extends R> step) {
    return new Then<>(this, step, false);
  }

  /**
   * Goes on with a turn that depends on the value: a condition, or, calling itself, a cursor.
   * However long the chain, the stack stays flat.
   */
  default <R> Turn<R> then(Step<? super T, ? extends Turn<R>> step) {
    return new Then<>(this, step, true);
  }

  /** Both values, had at once, joined. */
  default <U, R> Turn<R> with(Turn<U> other, BiFunction<? super T, ? super U, ? extends R> join) {
    return Turn.<Object>all(List.of(this, other)).map(new Pair<>(join));
  }

  /** This value after the other turn has ended; both values, joined. */
  default <U, R> Turn<R> after(Turn<U> first, BiFunction<? super T, ? super U, ? extends R> join) {
    return Turn.<Object>inOrder(List.of(first, this))
        .map(new Pair<U, T, R>((u, t) -> join.apply(t, u)));
  }

  /** Goes on with another turn if this one fails; the failures that the step throws on stay. */
  default Turn<T> recover(Step<? super Failure, ? extends Turn<T>> step) {
    return new Recover<>(this, step);
  }

  /**
   * Lets a batch answer this call: where the whole costs less than all the single calls that it can
   * replace, or is asked for anyway, the value is picked out of it and this call is not made.
   *
   * @param batch the call that gets many at once, such as the tickers of all symbols
   * @param pick takes this call's value out of the batch's; pure
   */
  default <A> Turn<T> orFrom(Turn<A> batch, Step<? super A, ? extends T> pick) {
    return new OrFrom<>(this, batch, pick);
  }

  /** A pure function that may fail. */
  @FunctionalInterface
  interface Step<A, B> {
    B apply(A value) throws Exception;
  }

  /** See {@link #now}. */
  record Now<T>(T value) implements Turn<T> {}

  /** See {@link #of}. */
  record Effect<R, T>(Act<R, T> act) implements Turn<T> {}

  /**
   * See {@link #map} and {@link #then}.
   *
   * @param turns whether the step gives a turn rather than a value
   */
  record Then<S, T>(Turn<S> source, Step<? super S, ?> step, boolean turns) implements Turn<T> {

    /** As of any record, but a chain of any length is compared on a flat stack. */
    @Override
    public boolean equals(Object other) {
      Object mine = this;
      Object its = other;
      while (mine instanceof Then<?, ?> a && its instanceof Then<?, ?> b) {
        if (a == b) return true;
        if (a.turns != b.turns || !a.step.equals(b.step)) return false;
        mine = a.source;
        its = b.source;
      }
      return mine.equals(its);
    }

    @Override
    public int hashCode() {
      int hash = 1;
      Turn<?> at = this;
      while (at instanceof Then<?, ?> then) {
        hash = hash * 31 + then.step.hashCode();
        at = then.source;
      }
      return hash * 31 + at.hashCode();
    }
  }

  /** See {@link #all} and {@link #inOrder}. */
  record All<T>(List<? extends Turn<? extends T>> turns, boolean ordered)
      implements Turn<List<T>> {}

  /** See {@link #recover}. */
  record Recover<T>(Turn<T> source, Step<? super Failure, ? extends Turn<T>> step)
      implements Turn<T> {}

  /** See {@link #orFrom}. */
  record OrFrom<A, T>(Turn<T> single, Turn<A> batch, Step<? super A, ? extends T> pick)
      implements Turn<T> {}

  /** Joins a list of two values, whose types only the caller knew. */
  record Pair<A, B, R>(BiFunction<? super A, ? super B, ? extends R> join)
      implements Step<List<Object>, R> {
    @Override
    @SuppressWarnings("unchecked") // with and after put exactly an A and a B into the list
    public R apply(List<Object> both) {
      return join.apply((A) both.get(0), (B) both.get(1));
    }
  }
}
