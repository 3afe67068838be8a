package io.tradeflood.net.stream;

import io.tradeflood.live.FeedState;
import io.tradeflood.net.StreamLoop;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A channel for all who want it. Belongs to its group's loop. */
final class SharedChannel {
  /** So long two connections are heard until the second one's word is taken. */
  private static final Duration LONGEST_HANDOVER = Duration.ofSeconds(5);

  private final Group group;
  private final String name;
  private final List<Tap<?>> taps = new ArrayList<>(1);

  /** Its places: one, or two while a connection takes the place of another. */
  private final List<Seat> seats = new ArrayList<>(2);

  private boolean connected;
  private boolean known;
  private StreamLoop.@Nullable Timer lingering;

  SharedChannel(Group group, String name) {
    this.group = group;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Whether the exchange has ever taken it. */
  boolean isKnown() {
    return known;
  }

  boolean isConnected() {
    return connected;
  }

  List<Tap<?>> taps() {
    return taps;
  }

  List<Seat> seats() {
    return seats;
  }

  /** The shortest time of silence that anybody finds suspicious. */
  Optional<Duration> quiet() {
    return taps.stream().flatMap(tap -> tap.quiet().stream()).min(Duration::compareTo);
  }

  void add(Tap<?> tap) {
    if (lingering != null) lingering.cancel();
    lingering = null;
    taps.add(tap);
    if (!connected) return;
    tap.state(new FeedState.Connected(), group.loop().instant());
    tap.taken();
  }

  /** Takes one away; the channel is kept for a while if it was the last. */
  void remove(Tap<?> tap, Duration linger) {
    if (!taps.remove(tap) || !taps.isEmpty()) return;
    if (!known) group.drop(this);
    else lingering = group.loop().schedule(linger.toNanos(), () -> group.drop(this));
  }

  /** A message for it. */
  void message(Seat from, Message message, Hearing hearing) {
    for (int i = 0; i < taps.size(); i++) {
      Tap<?> tap = taps.get(i);
      if (i > 0 && !hearing.readAgain(from)) return;
      tap.message(from, message);
    }
  }

  /** Whether one of those who read it wants the connection to stop for now. */
  boolean isFull() {
    for (int i = 0; i < taps.size(); i++) if (taps.get(i).isFull()) return true;
    return false;
  }

  /** The exchange has taken it. */
  void taken(Seat seat) {
    known = true;
    for (Tap<?> tap : List.copyOf(taps)) tap.taken(seat);
    if (!connected) connect();
    else if (follows(seat)) group.loop().schedule(LONGEST_HANDOVER.toNanos(), () -> hasten(seat));
  }

  /** Whether somebody does not take the connection's word alone yet. */
  boolean follows(Seat seat) {
    for (Tap<?> tap : taps) if (tap.follows(seat)) return true;
    return false;
  }

  private void hasten(Seat seat) {
    for (Tap<?> tap : List.copyOf(taps)) tap.hasten(seat, "another connection takes over");
  }

  private void connect() {
    connected = true;
    for (Tap<?> tap : List.copyOf(taps)) {
      state(tap, new FeedState.Connected());
      tap.taken();
    }
  }

  /** It is lost on one connection. */
  void lost(Seat seat, String reason) {
    var other = seats.stream().filter(s -> s != seat && s.state == Seat.State.TAKEN).findFirst();
    for (Tap<?> tap : List.copyOf(taps)) {
      other.ifPresent(takes -> tap.hasten(takes, reason));
      tap.lost(seat);
      other.ifPresent(tap::taken);
    }
    if (other.isPresent() || !connected) return;
    connected = false;
    state(new FeedState.Desynced(reason));
  }

  /** Takes it away from whatever connections carry it, without a word. */
  void unseat() {
    for (Seat seat : List.copyOf(seats)) seat.upstream.forget(seat);
  }

  /** It is not carried there any more. */
  void left(Seat seat) {
    seats.remove(seat);
    for (Tap<?> tap : List.copyOf(taps)) tap.lost(seat);
  }

  void state(FeedState state) {
    for (Tap<?> tap : List.copyOf(taps)) state(tap, state);
  }

  private void state(Tap<?> tap, FeedState state) {
    Instant now = group.loop().instant();
    tap.state(state, now);
  }

  /** It cannot be had. */
  void failed(Failure failure) {
    for (Tap<?> tap : List.copyOf(taps)) tap.failed(failure);
    taps.clear();
  }

  /** There will be nothing more. */
  void ended() {
    for (Tap<?> tap : List.copyOf(taps)) {
      tap.failedIfNotReady(new Failure.Cancelled(name));
      tap.end(Optional.empty());
    }
    taps.clear();
  }
}
