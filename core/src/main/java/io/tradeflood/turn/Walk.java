package io.tradeflood.turn;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The way from a turn to its value, step by step; however long, the stack stays flat. Confined to
 * one thread at a time: it either goes or waits.
 */
final class Walk implements Taker {
  private final TurnRun run;
  private final Scope scope;
  private final Taker target;
  private final int index;

  /** The call that it works for, if it works for one. */
  private final @Nullable Node host;

  /** Whether it walks through the body of an endpoint. */
  private final boolean leaf;

  /** Whether it is still within what the scheme saw, or already behind a step that gave a turn. */
  private boolean planned;

  /** The steps that wait for a value, the next one last. */
  private final ArrayList<Turn<?>> steps = new ArrayList<>(2);

  private @Nullable Turn<?> turn;
  private @Nullable Object outcome;
  private @Nullable Call<?> last;

  Walk(
      TurnRun run,
      Scope scope,
      Taker target,
      int index,
      @Nullable Node host,
      boolean leaf,
      boolean planned,
      Turn<?> turn) {
    this.run = run;
    this.scope = scope;
    this.target = target;
    this.index = index;
    this.host = host;
    this.leaf = leaf;
    this.planned = planned;
    this.turn = turn;
  }

  /** The same walk for a part of what it is at. */
  Walk part(Taker target, int index, Turn<?> turn) {
    return new Walk(run, scope, target, index, host, leaf, planned, turn);
  }

  /** The call whose body this is, if it is one. */
  @Nullable Node leafOf() {
    return leaf ? host : null;
  }

  @Override
  public void take(int ignored, Object outcome, Pump pump) {
    this.outcome = outcome;
    pump.add(this);
  }

  @Override
  public boolean isWanted() {
    return !isOver() && target.isWanted();
  }

  private boolean isOver() {
    return run.isOver() || (host == null ? scope.over : !host.isOpen());
  }

  /** Goes on until it ends or waits; once it waits, another thread may already go on with it. */
  void go(Pump pump) {
    while (!isOver()) {
      var at = turn;
      var known = outcome;
      turn = null;
      outcome = null;
      if (at != null) known = descend(at, pump);
      if (known == null) return;
      var end = ascend(known);
      if (end == null) continue;
      target.take(index, end, pump);
      return;
    }
  }

  /** Goes down to where a value is; nothing if it has to be waited for. */
  private @Nullable Object descend(Turn<?> from, Pump pump) {
    var at = from;
    while (true) {
      switch (at) {
        case Turn.Then<?, ?> then -> {
          steps.add(then);
          at = then.source();
        }
        case Turn.Recover<?> recover -> {
          steps.add(recover);
          at = recover.source();
        }
        case Turn.OrFrom<?, ?> orFrom -> {
          if (run.isBatched(orFrom)) {
            steps.add(orFrom);
            at = orFrom.batch();
          } else at = orFrom.single();
        }
        case Turn.Now<?>(var value) -> {
          return value == null ? nothing("Turn.now") : value;
        }
        case Call<?> call -> {
          return call(call, this, 0, pump);
        }
        case Turn.Effect<?, ?>(var act) -> {
          return act(act);
        }
        case Turn.All<?> all -> {
          return new Join(this, all).begin(pump);
        }
      }
    }
  }

  /** The outcome of a call for a taker that belongs to this walk; nothing if it is told later. */
  @Nullable Object call(Call<?> call, Taker taker, int index, Pump pump) {
    if (leaf && host != null)
      return broken(
          new Failure.Bug(
              "%s is part of what the endpoint %s returned, but an endpoint is a leaf: compose calls in a method without @TurnExecution"
                  .formatted(call, host.call)));
    last = call;
    return run.table().join(call, taker, index, planned, scope, pump);
  }

  private @Nullable Object act(Act<?, ?> act) {
    var node = leafOf();
    if (node == null)
      return new Broken(
          new Failure.Bug(
              "An act was planned outside of an endpoint by %s: return it from a method with @TurnExecution"
                  .formatted(scope.label())));
    run.act(this, node, act);
    return null;
  }

  /** Goes up through the steps; nothing if a step gave a turn to go down again. */
  private @Nullable Object ascend(Object from) {
    var value = from;
    while (!steps.isEmpty()) {
      var step = steps.removeLast();
      try {
        switch (step) {
          case Turn.Then<?, ?>(_, var change, var turns) -> {
            if (value instanceof Broken) continue;
            var changed = Walk.<Object>any(change).apply(value);
            if (changed == null) value = nothing("A step");
            else if (turns) return goOn((Turn<?>) changed);
            else value = changed;
          }
          case Turn.Recover<?>(_, var change) -> {
            if (value instanceof Broken(var failure))
              return goOn((Turn<?>) Walk.<Failure>any(change).apply(failure));
          }
          case Turn.OrFrom<?, ?>(_, _, var pick) -> {
            if (value instanceof Broken) continue;
            var picked = Walk.<Object>any(pick).apply(value);
            value = picked == null ? nothing("A step") : picked;
          }
          default -> throw new IllegalStateException("Not a step: " + step);
        }
      } catch (Throwable thrown) {
        value = broken(thrown);
      }
    }
    return value;
  }

  private @Nullable Object goOn(@Nullable Turn<?> next) {
    if (next == null) {
      outcome = nothing("A step");
      return null;
    }
    planned = false;
    turn = next;
    return null;
  }

  private Broken nothing(String who) {
    return broken(
        new Failure.Bug(who + " of " + scope.label() + " gave null, but must give a value"));
  }

  private Broken broken(Throwable thrown) {
    var of = host != null ? host.call : last;
    var broken =
        Broken.of(thrown, of == null ? "A step of " + scope.label() : "A step after " + of);
    if (of != null) broken.failure().in(of);
    return broken;
  }

  @SuppressWarnings("unchecked") // a step takes what its source gives
  private static <A> Turn.Step<A, Object> any(Turn.Step<?, ?> step) {
    return (Turn.Step<A, Object>) step;
  }
}
