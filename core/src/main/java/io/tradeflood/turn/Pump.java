package io.tradeflood.turn;

import java.util.ArrayDeque;

/** What one thread has still to do in a run. Confined to that thread. */
final class Pump {
  private final ArrayDeque<Walk> ready = new ArrayDeque<>();

  void add(Walk walk) {
    ready.add(walk);
  }

  void drain() {
    for (var walk = ready.poll(); walk != null; walk = ready.poll()) walk.go(this);
  }
}
