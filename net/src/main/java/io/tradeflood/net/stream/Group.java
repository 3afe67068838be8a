package io.tradeflood.net.stream;

import io.tradeflood.live.FeedState;
import io.tradeflood.net.StreamLoop;
import io.tradeflood.net.StreamWire;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.turn.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The channels of a connector that can share connections, and those connections. All of it is done
 * on one loop, so nothing here is locked.
 */
final class Group {
  private static final System.Logger LOG = System.getLogger(Group.class.getName());

  private final Streams streams;
  private final StreamConnector connector;
  private final String name;
  private final List<? extends StreamWire.Way> ways;
  private final StreamLoop loop;
  private final StreamLimits limits;
  private final Map<String, SharedChannel> channels = new HashMap<>();

  /** Changed on the loop, looked at by anybody. */
  private final CopyOnWriteArrayList<Upstream> upstreams = new CopyOnWriteArrayList<>();

  private boolean closed;

  Group(
      Streams streams,
      StreamConnector connector,
      String name,
      List<? extends StreamWire.Way> ways,
      StreamLoop loop) {
    this.streams = streams;
    this.connector = connector;
    this.name = name;
    this.ways = ways;
    this.loop = loop;
    limits = connector.streamLimits();
  }

  Streams streams() {
    return streams;
  }

  StreamConnector connector() {
    return connector;
  }

  String name() {
    return name;
  }

  StreamLoop loop() {
    return loop;
  }

  StreamLimits limits() {
    return limits;
  }

  String hostName() {
    return connector.context().hostName();
  }

  // From any thread.

  void join(Tap<?> tap) {
    loop.execute(() -> joined(tap));
  }

  void leave(Tap<?> tap) {
    loop.execute(
        () -> {
          var channel = channels.get(tap.name());
          if (channel != null) channel.remove(tap, streams.settings().linger());
        });
  }

  void renew(Tap<?> tap, String reason) {
    loop.execute(() -> renewed(tap, reason));
  }

  /** A reader has room again. */
  void relieved(Tap<?> tap) {
    loop.execute(
        () -> {
          var channel = channels.get(tap.name());
          if (channel != null)
            for (Seat seat : List.copyOf(channel.seats())) seat.upstream.relieved();
        });
  }

  void close() {
    loop.execute(
        () -> {
          closed = true;
          upstreams.forEach(Upstream::gone);
          channels.values().forEach(SharedChannel::ended);
          channels.clear();
        });
  }

  List<StreamTransport.ConnectionState> connections() {
    return upstreams.stream().map(Upstream::state).toList();
  }

  // On the loop.

  private void joined(Tap<?> tap) {
    if (closed) {
      tap.failed(new Failure.Cancelled(tap.name()));
      return;
    }
    var known = channels.get(tap.name());
    if (known != null) {
      known.add(tap);
      return;
    }
    var channel = new SharedChannel(this, tap.name());
    channels.put(tap.name(), channel);
    channel.add(tap);
    place(channel);
  }

  /** Finds a connection with room, or opens one; if none may be opened it waits for one's turn. */
  private void place(SharedChannel channel) {
    var roomy = upstreams.stream().filter(Upstream::hasRoom).toList();
    var ready = roomy.stream().filter(Upstream::mayAsk).findFirst();
    if (ready.isEmpty() && budget(way()).isFull()) ready = roomy.stream().findFirst();
    if (ready.isPresent()) {
      ready.get().add(channel);
      return;
    }
    var fresh = new Upstream(this, List.of(channel));
    upstreams.add(fresh);
    fresh.begin();
  }

  /** Finds a connection for those of them that are still wanted. */
  void placeAgain(List<SharedChannel> others) {
    if (closed) return;
    for (SharedChannel channel : others)
      if (channels.get(channel.name()) == channel) place(channel);
  }

  /** Its connection may not ask for it anew for a while: another one does. */
  void move(Seat seat, String reason) {
    var channel = seat.channel;
    channel.lost(seat, reason);
    seat.upstream.leave(seat);
    if (channels.get(channel.name()) == channel) place(channel);
  }

  /** Opens a connection that takes the place of another: first the one, then not the other. */
  void replace(Upstream old, String reason) {
    if (closed || !old.isReplaceable()) return;
    LOG.log(System.Logger.Level.INFO, "{0}: another takes its place: {1}", old.name(), reason);
    var fresh = new Upstream(this, old.channels());
    old.replacedBy(fresh);
    upstreams.add(fresh);
    fresh.begin();
  }

  void gone(Upstream upstream) {
    upstreams.remove(upstream);
  }

  /** Nobody wants it any more. */
  void drop(SharedChannel channel) {
    if (!channels.remove(channel.name(), channel)) return;
    for (Seat seat : List.copyOf(channel.seats())) seat.upstream.leave(seat);
  }

  /** It cannot be had: its readers are told, and others are not. */
  void refuse(SharedChannel channel, Failure failure) {
    channels.remove(channel.name(), channel);
    channel.unseat();
    channel.failed(failure);
  }

  private void renewed(Tap<?> tap, String reason) {
    var channel = channels.get(tap.name());
    if (channel == null || !channel.taps().contains(tap)) return;
    renew(channel, reason);
  }

  /** Subscribes anew, unless that is being done already. */
  void renew(SharedChannel channel, String reason) {
    for (Seat seat : List.copyOf(channel.seats()))
      if (seat.state == Seat.State.TAKEN) seat.upstream.renew(seat, reason);
  }

  /** Something was not told: who needs an unbroken chain begins anew, others see the break. */
  void lost(Tap<?> tap, String reason) {
    var channel = channels.get(tap.name());
    if (channel == null || !channel.isConnected()) return;
    if (tap.isChain()) {
      renew(channel, reason);
      return;
    }
    tap.state(new FeedState.Desynced(reason), loop.instant());
    tap.state(new FeedState.Connected(), loop.instant());
  }

  /** A message could not be read. */
  void unreadable(Tap<?> tap, RuntimeException mistake, Message message, boolean often) {
    String reason = "a message of %s could not be read: %s".formatted(tap.name(), line(mistake));
    LOG.log(System.Logger.Level.INFO, "{0}: {1}: {2}", hostName(), reason, excerpt(message.text()));
    if (!often) {
      lost(tap, reason);
      return;
    }
    var channel = channels.get(tap.name());
    if (channel != null) channel.remove(tap, streams.settings().linger());
    tap.failed(
        mistake instanceof Failure failure
            ? failure
            : new Failure.Unreadable(hostName() + ": " + reason, mistake));
  }

  static String excerpt(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }

  static String line(Throwable thrown) {
    String words = String.valueOf(thrown.getMessage());
    return words.lines().findFirst().orElse("");
  }

  /** The way that a new connection takes. */
  StreamWire.Way way() {
    if (ways.size() == 1) return ways.getFirst();
    var standings = new ArrayList<StreamWire.Way>(ways);
    long now = loop.nanos();
    // Of equals the first.
    return standings.stream()
        .min(
            Comparator.<StreamWire.Way>comparingLong(way -> budget(way).shutFor(now))
                .thenComparingInt(way -> isSpread(way) ? budget(way).held() : 0))
        .orElseThrow();
  }

  private static boolean isSpread(StreamWire.Way way) {
    return way.rotation().mode() == Rotation.Mode.SPREAD;
  }

  ConnectBudget budget(StreamWire.Way way) {
    return streams.budget(connector, way);
  }
}
