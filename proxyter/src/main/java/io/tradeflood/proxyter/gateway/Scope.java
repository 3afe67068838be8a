package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.limit.Limit;
import io.tradeflood.proxyter.limit.Reservation.Take;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The limits of one client, type, group, proxy, proxy in a group, or proxy at a target.
 *
 * @param name such as {@code proxy:fr-7@origin:binance}
 * @param limits what a tunnel takes from for its life, or for good
 * @param setups what it takes from until it is open
 * @param bytes what its bytes are booked on
 */
record Scope(String name, List<Limit> limits, Optional<Limit> setups, Optional<ByteRate> bytes) {
  static final Scope NONE = new Scope("", List.of(), Optional.empty(), Optional.empty());

  /** A limit without room; written out as it is declared, such as {@code client:me tunnels 2}. */
  record Lack(String scope, String kind, Limit limit) {
    @Override
    public String toString() {
      return scope + " " + kind + " " + limit.spec();
    }
  }

  /** Adds what has no room for a tunnel of the cost; whether there is any. */
  boolean addLacks(Set<Lack> lacks, long cost, long now) {
    boolean any = false;
    for (Limit limit : limits) {
      long amount = limit.isHeld() ? 1 : cost;
      if (amount == 0 || limit.roomAt(amount, now) <= now) continue;
      any = true;
      lacks.add(new Lack(name, LimitBook.kind(limit.spec()), limit));
    }
    if (setups.isEmpty() || setups.get().roomAt(1, now) <= now) return any;
    lacks.add(new Lack(name, "setups", setups.get()));
    return true;
  }

  /** Adds what a tunnel of the cost takes. */
  void addTakes(List<Take> takes, long cost) {
    for (int i = 0; i < limits.size(); i++) {
      Limit limit = limits.get(i);
      if (limit.isHeld()) takes.add(new Take(limit, 1));
      else if (cost > 0) takes.add(new Take(limit, cost));
    }
  }

  /** When there is room for a tunnel of the cost, by what is known now. */
  long roomAt(long cost, long now) {
    long latest = now;
    for (int i = 0; i < limits.size(); i++) {
      Limit limit = limits.get(i);
      if (limit.isHeld()) latest = Math.max(latest, limit.roomAt(1, now));
      else if (cost > 0) latest = Math.max(latest, limit.roomAt(cost, now));
    }
    return setups.isPresent() ? Math.max(latest, setups.get().roomAt(1, now)) : latest;
  }

  void addSetups(List<Take> takes) {
    if (setups.isPresent()) takes.add(new Take(setups.get(), 1));
  }

  boolean isEmpty() {
    return limits.isEmpty() && setups.isEmpty() && bytes.isEmpty();
  }
}
