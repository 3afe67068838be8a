package io.tradeflood.turn;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/** The acts in flight of all runs of a runner: identical ones are done once. */
final class Flights {
  private final ConcurrentHashMap<Key, Flight> flying = new ConcurrentHashMap<>();
  private final InstantSource clock;

  Flights(InstantSource clock) {
    this.clock = clock;
  }

  /** An act: its call, and which of the call's acts it is. */
  record Key(Call<?> call, int ordinal) {}

  Instant now() {
    return clock.instant();
  }

  /** Does it, or joins who does it already. */
  void join(Acting acting, boolean shared) {
    if (shared) joinShared(acting);
    else new Flight(this, null, acting, now()).launch();
    if (acting.dropped) leave(acting);
  }

  private void joinShared(Acting acting) {
    var key = new Key(acting.node.call, acting.ordinal);
    while (true) {
      var flight = flying.get(key);
      if (flight == null) {
        var fresh = new Flight(this, key, acting, now());
        flight = flying.putIfAbsent(key, fresh);
        if (flight == null) {
          fresh.launch();
          return;
        }
      }
      if (flight.board(acting)) return;
      flying.remove(key, flight);
    }
  }

  void leave(Acting acting) {
    var flight = acting.flight;
    if (flight != null) flight.leave(acting);
  }

  void remove(Flight flight) {
    if (flight.key != null) flying.remove(flight.key, flight);
  }
}
