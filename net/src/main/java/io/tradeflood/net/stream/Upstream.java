package io.tradeflood.net.stream;

import io.tradeflood.live.FeedState;
import io.tradeflood.net.StreamLoop;
import io.tradeflood.net.StreamWire;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of a group's connections with the channels that it carries: opened, and opened again, until
 * nobody wants its channels. Belongs to its group's loop.
 */
final class Upstream implements StreamWire.Listener {
  private static final System.Logger LOG = System.getLogger(Upstream.class.getName());

  /** How far it is. */
  enum Phase {
    /** Waits until it may be opened. */
    WAITING,
    CONNECTING,
    OPEN,
    /** Another one takes its place. */
    LEAVING,
    GONE
  }

  private final Group group;
  private final StreamLoop loop;
  private final StreamConnector connector;
  private final String name;

  /** Whether its address says which channels it carries, so that they cannot be changed. */
  private final boolean fixed;

  private final Set<Seat> seats = new LinkedHashSet<>();
  private final Seats found = new Seats();
  private final Asking asking;
  private final Watch watch;
  private final Hearing hearing;
  private final Link link;
  private final Sifting sifting;
  private volatile Phase phase = Phase.WAITING;
  private volatile int carried;
  private StreamLoop.@Nullable Timer outdated;
  private @Nullable Upstream successor;
  private @Nullable Upstream replaced;
  private String warned = "";

  Upstream(Group group, List<SharedChannel> channels) {
    this.group = group;
    loop = group.loop();
    connector = group.connector();
    name = group.hostName() + "#" + group.streams().number(group.hostName());
    fixed = isFixed(connector, channels.getFirst().name());
    asking = new Asking(this, group);
    watch = new Watch(this, group);
    hearing = new Hearing(this, connector, found, asking, watch);
    link = new Link(this, group);
    sifting = new Sifting(group);
    channels.forEach(this::seat);
  }

  /** Whether the address says which channels a connection carries. */
  static boolean isFixed(StreamConnector connector, String channel) {
    return connector.framing() == StreamConnector.Framing.LINES
        || connector.subscribe(List.of(channel), 1).isEmpty();
  }

  private void seat(SharedChannel channel) {
    var seat = new Seat(channel, this);
    seats.add(seat);
    channel.seats().add(seat);
    carried = seats.size();
  }

  String name() {
    return name;
  }

  Phase phase() {
    return phase;
  }

  Set<Seat> seats() {
    return seats;
  }

  List<Seat> byName() {
    return seats.stream().sorted(Comparator.comparing(Seat::name)).toList();
  }

  boolean isPaused() {
    return link.isPaused();
  }

  long messages() {
    return hearing.messages();
  }

  StreamWire.@Nullable Line line() {
    return link.line();
  }

  /** The channels that it is to carry. */
  List<SharedChannel> channels() {
    return seats.stream().filter(seat -> !seat.isLeaving()).map(seat -> seat.channel).toList();
  }

  boolean hasRoom() {
    return phase != Phase.GONE && successor == null && carrying() < group.limits().room();
  }

  /** Whether it can ask for one more channel without waiting for an hour to pass. */
  boolean mayAsk() {
    return fixed || asking.mayAskFor(1);
  }

  /** How many channels it carries; those that it leaves are left before others are asked for. */
  private int carrying() {
    int count = 0;
    for (Seat seat : seats) if (!seat.isLeaving()) count++;
    return count;
  }

  boolean isReplaceable() {
    return phase != Phase.GONE && successor == null && !channels().isEmpty();
  }

  StreamTransport.ConnectionState state() {
    return new StreamTransport.ConnectionState(
        name,
        link.url(),
        link.route(),
        phase.name().toLowerCase(Locale.ROOT),
        carried,
        hearing.messages(),
        link.bytes());
  }

  // Its channels.

  void add(SharedChannel channel) {
    for (Seat seat : seats)
      if (seat.channel.name().equals(channel.name())) {
        // It is being left: it is subscribed to again as soon as that is done.
        seats.remove(seat);
        var again = new Seat(channel, this);
        again.state = Seat.State.LEAVING;
        again.again = true;
        asking.instead(seat, again);
        seats.add(again);
        channel.seats().add(again);
        return;
      }
    seat(channel);
    if (fixed && phase != Phase.WAITING) outdate();
    else asking.gather();
  }

  /** Its channels are others than its address says: another one takes its place. */
  private void outdate() {
    if (outdated != null) return;
    outdated =
        loop.schedule(
            Asking.GATHER.toNanos(),
            () -> {
              outdated = null;
              group.replace(this, "its channels have changed");
            });
  }

  /** Nobody wants the channel any more. */
  void leave(Seat seat) {
    seat.channel.left(seat);
    found.remove(seat);
    seat.again = false;
    boolean last = seats.stream().allMatch(s -> s == seat || s.isLeaving());
    if (last) {
      gone();
      return;
    }
    if (fixed || phase != Phase.OPEN || seat.state == Seat.State.WANTED) {
      forget(seat);
      if (fixed) outdate();
    } else asking.leave(seat);
  }

  /** Takes the channel away without a word. */
  void forget(Seat seat) {
    seat.channel.left(seat);
    found.remove(seat);
    seats.remove(seat);
    carried = seats.size();
    if (seats.isEmpty()) gone();
    else settle();
  }

  /** Subscribes to it anew. */
  void renew(Seat seat, String reason) {
    if (seat.state != Seat.State.TAKEN) return;
    if (fixed) {
      group.replace(this, reason);
      return;
    }
    if (!asking.mayAskAnew()) {
      group.move(seat, reason);
      return;
    }
    found.remove(seat);
    seat.again = true;
    seat.channel.lost(seat, reason);
    asking.leave(seat);
  }

  /** The exchange is asked for it: from now on there may be data. */
  void asked(Seat seat) {
    seat.state = Seat.State.ASKED;
    found.put(seat);
  }

  void taken(Seat seat) {
    if (seat.state != Seat.State.ASKED) return;
    seat.state = Seat.State.TAKEN;
    seat.lastData = loop.nanos();
    seat.channel.taken(seat);
    settle();
  }

  /** The subscription is taken back. */
  void left(Seat seat) {
    if (seat.state != Seat.State.LEAVING) return;
    if (!seat.again) {
      forget(seat);
      return;
    }
    seat.again = false;
    seat.state = Seat.State.WANTED;
    asking.gather();
  }

  void refuse(Seat seat, Failure failure) {
    LOG.log(
        System.Logger.Level.INFO,
        "{0}: {1} is refused: {2}",
        name,
        seat.name(),
        failure.getMessage());
    group.refuse(seat.channel, failure);
  }

  // Its life.

  void begin() {
    // Where the address names the channels, those that are wanted just after belong in it too.
    link.dial(fixed && replaced == null ? Asking.GATHER.toNanos() : 0);
  }

  /** All connections that may be held by the way are. */
  void noRoom(StreamWire.Way way) {
    var failure =
        new Failure.Unsupported(
            "%s allows %d connections of %d channels by one address, and all are taken (%s): ask for fewer"
                .formatted(
                    group.hostName(),
                    group.limits().connections().atOnce(),
                    group.limits().room(),
                    way));
    for (Seat seat : List.copyOf(seats))
      if (!seat.channel.isKnown()) group.refuse(seat.channel, failure);
    var old = replaced;
    if (old != null) {
      // There is no room for both.
      old.fail(failure.getMessage());
    }
    if (phase != Phase.GONE && !seats.isEmpty()) link.beginLater();
  }

  /** It is dialed now: what is to be opened. */
  StreamWire.Opening connecting(StreamWire.Way way) {
    phase = Phase.CONNECTING;
    var names = channels().stream().map(SharedChannel::name).toList();
    var opening = PlannedChannel.opening(connector, group.name(), names, way);
    if (fixed) seats.forEach(this::asked);
    return opening;
  }

  @Override
  public void opened() {
    phase = successor == null ? Phase.OPEN : Phase.LEAVING;
    link.opened();
    hearing.begin();
    warned = "";
    LOG.log(System.Logger.Level.INFO, "{0}: open, {1} ({2})", name, link.url(), link.route());
    watch.begin();
    if (fixed) for (Seat seat : List.copyOf(seats)) taken(seat);
    else asking.begin();
    sifting.placeAside();
  }

  @Override
  public void closed(Failure why, boolean lasting) {
    down();
    link.closed(why);
    var unknown = seats.stream().filter(seat -> !seat.channel.isKnown()).toList();
    boolean fewer = fixed && sifting.sift(unknown, why);
    boolean refused = !fewer && (lasting || link.isTiredOut());
    if (fewer) link.forgetTries();
    if (refused) for (Seat seat : unknown) group.refuse(seat.channel, why);
    log(why, refused || fewer);
    lost(String.valueOf(why.getMessage()));
    if (phase == Phase.GONE) return;
    if (successor != null || seats.isEmpty() || fewer && addsNothing()) {
      gone();
      return;
    }
    phase = Phase.WAITING;
    link.dial(fewer || why instanceof Failure.Limited ? 0 : link.backOff());
  }

  /** Warns, unless it is told to who wants its channels, or was said before. */
  private void log(Failure why, boolean told) {
    String words = String.valueOf(why.getMessage());
    boolean known =
        told || words.equals(warned) || seats.stream().anyMatch(seat -> seat.channel.isConnected());
    warned = words;
    LOG.log(
        known ? System.Logger.Level.INFO : System.Logger.Level.WARNING, "{0}: {1}", name, words);
  }

  /** Whether all that it is to carry comes by the one before already. */
  private boolean addsNothing() {
    var old = replaced;
    return old != null
        && seats.stream()
            .allMatch(
                seat ->
                    seat.channel.seats().stream()
                        .anyMatch(s -> s.upstream == old && s.state == Seat.State.TAKEN));
  }

  /** It is of no use any more: it is closed and opened anew. */
  void fail(String reason) {
    link.close();
    failed(reason);
  }

  /** Nothing comes by it. */
  void dead(String reason) {
    link.dead();
    failed(reason);
  }

  private void failed(String reason) {
    closed(new Failure.Unreachable(name + " " + reason, "receive", link.route()), false);
  }

  /** Its silence says that it is dead. */
  void stale(String reason) {
    for (Seat seat : List.copyOf(seats))
      if (seat.state == Seat.State.TAKEN) seat.channel.state(new FeedState.Stale(reason));
    dead(reason);
  }

  private void down() {
    asking.end();
    watch.end();
  }

  private void lost(String reason) {
    for (Seat seat : byName()) {
      boolean leaving = seat.isLeaving();
      seat.again = false;
      found.remove(seat);
      seat.state = Seat.State.WANTED;
      if (leaving) {
        seats.remove(seat);
        seat.channel.left(seat);
      } else seat.channel.lost(seat, reason);
    }
    carried = seats.size();
  }

  /** It is closed for good. */
  void gone() {
    if (phase == Phase.GONE) return;
    phase = Phase.GONE;
    if (outdated != null) outdated.cancel();
    down();
    link.end();
    for (Seat seat : seats) {
      found.remove(seat);
      seat.channel.left(seat);
    }
    seats.clear();
    carried = 0;
    group.gone(this);
    var before = replaced;
    var after = successor;
    replaced = null;
    successor = null;
    if (after != null) after.replaced = before;
    if (before != null) {
      before.successor = after;
      if (after == null && before.phase == Phase.LEAVING) before.phase = Phase.OPEN;
    }
    sifting.placeAside();
  }

  // Taking the place of another.

  void replacedBy(Upstream fresh) {
    successor = fresh;
    fresh.replaced = this;
    if (phase == Phase.OPEN) phase = Phase.LEAVING;
  }

  /** Once all channels are taken here, the one before goes. */
  void settle() {
    var old = replaced;
    if (old == null || phase != Phase.OPEN) return;
    for (Seat seat : seats)
      if (seat.state == Seat.State.WANTED
          || seat.state == Seat.State.ASKED
          || seat.channel.follows(seat)) return;
    old.gone();
    // The one before that, if that one was itself still taking a place.
    settle();
  }

  // What comes.

  @Override
  public void message(byte[] bytes, int offset, int length, Instant received) {
    hearing.message(bytes, offset, length, received);
  }

  @Override
  public void pinged() {
    watch.pinged();
  }

  @Override
  public void ponged() {
    watch.heard();
  }

  void ping() {
    asking.ping();
  }

  /** A reader has no room. */
  void pause() {
    link.pause();
  }

  /** A reader has room again. */
  void relieved() {
    if (!link.isPaused()) return;
    for (Seat seat : seats) if (seat.channel.isFull()) return;
    watch.restart();
    link.resume();
  }
}
