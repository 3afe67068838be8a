package io.tradeflood.net.stream;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.TextMap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The channels that a connection carries, as its messages name them. */
final class Seats implements Channels {
  private static final int PLACES = 1024;

  private final TextMap<Seat> seats = new TextMap<>();

  /** What was found by three texts, each at a place of its own, so that it is found without one. */
  private final @Nullable Found[] found = new Found[PLACES];

  private record Found(String first, String second, String third, @Nullable Seat seat) {
    boolean is(String a, String b, String c) {
      return first.equals(a) && second.equals(b) && third.equals(c);
    }
  }

  void put(Seat seat) {
    seats.put(seat.name(), seat);
    Arrays.fill(found, null);
  }

  void remove(Seat seat) {
    if (seats.get(seat.name()) != seat) return;
    seats.remove(seat.name());
    Arrays.fill(found, null);
  }

  @Override
  public @Nullable Seat find(JsonScanner text) {
    return text.readKnown(seats);
  }

  @Override
  public @Nullable Seat find(String name) {
    return seats.get(name);
  }

  @Override
  public @Nullable Seat find(String first, String second, String third) {
    int hash = (first.hashCode() * 31 + second.hashCode()) * 31 + third.hashCode();
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    var before = found[place];
    if (before != null && before.is(first, second, third)) return before.seat;
    var seat = seats.get(first + '/' + second + '/' + third);
    found[place] = new Found(first, second, third, seat);
    return seat;
  }

  @Override
  public @Nullable Seat only() {
    return seats.size() == 1 ? seats.values().iterator().next() : null;
  }
}
