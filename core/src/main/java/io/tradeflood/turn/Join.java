package io.tradeflood.turn;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Many turns that become one list: all at once, or each after the one before it. */
final class Join implements Taker {
  private final Walk walk;
  private final List<? extends Turn<?>> turns;
  private final boolean ordered;
  private final Object[] values;

  /** How many are still missing, and one more while it begins; below 0 once one has failed. */
  private final AtomicInteger missing = new AtomicInteger();

  Join(Walk walk, Turn.All<?> all) {
    this.walk = walk;
    this.turns = all.turns();
    this.ordered = all.ordered();
    this.values = new Object[turns.size()];
  }

  /** The list of values or what broke it; nothing if the walk is told later. */
  @Nullable Object begin(Pump pump) {
    if (ordered) return inOrder(0, pump);
    missing.set(values.length + 1);
    int known = 1;
    for (int i = 0; i < values.length; i++) {
      var outcome = begin(i, pump);
      if (outcome == null) continue;
      if (outcome instanceof Broken) return missing.getAndSet(-1) < 0 ? null : outcome;
      values[i] = outcome;
      known++;
    }
    return missing.addAndGet(-known) == 0 ? list() : null;
  }

  private @Nullable Object begin(int index, Pump pump) {
    var turn = turns.get(index);
    if (turn instanceof Call<?> call) return walk.call(call, this, index, pump);
    if (turn instanceof Turn.Now<?>(var value) && value != null) return value;
    pump.add(walk.part(this, index, turn));
    return null;
  }

  private @Nullable Object inOrder(int from, Pump pump) {
    for (int i = from; i < values.length; i++) {
      var outcome = begin(i, pump);
      if (outcome == null || outcome instanceof Broken) return outcome;
      values[i] = outcome;
    }
    return list();
  }

  @Override
  public void take(int index, Object outcome, Pump pump) {
    if (ordered) {
      values[index] = outcome;
      var end = outcome instanceof Broken ? outcome : inOrder(index + 1, pump);
      if (end != null) walk.take(0, end, pump);
    } else if (outcome instanceof Broken) {
      if (missing.getAndSet(-1) >= 0) walk.take(0, outcome, pump);
    } else {
      values[index] = outcome;
      if (missing.decrementAndGet() == 0) walk.take(0, list(), pump);
    }
  }

  @Override
  public boolean isWanted() {
    return (ordered || missing.get() >= 0) && walk.isWanted();
  }

  private List<Object> list() {
    return Collections.unmodifiableList(Arrays.asList(values));
  }
}
