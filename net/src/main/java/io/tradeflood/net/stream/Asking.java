package io.tradeflood.net.stream;

import io.tradeflood.net.StreamLoop;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an exchange on one connection, as fast as it allows, and what it answers.
 * Belongs to its group's loop.
 */
final class Asking {
  private static final System.Logger LOG = System.getLogger(Asking.class.getName());

  /** So long it is waited for more to be asked for with one message. */
  static final Duration GATHER = Duration.ofMillis(5);

  private final Upstream upstream;
  private final Group group;
  private final StreamLoop loop;
  private final StreamLimits limits;
  private final Pace pace;
  private final Quota quota;
  private final ArrayDeque<Seat> leaving = new ArrayDeque<>();
  private final Map<Long, Asked> asked = new HashMap<>();
  private StreamLoop.@Nullable Timer next;

  /** Until the exchange takes subscriptions again. */
  private StreamLoop.@Nullable Timer closed;

  private boolean ping;
  private boolean ready;
  private long ids;

  /** A message that has no answer yet. */
  private record Asked(long id, boolean subscribes, List<Seat> seats, long messages) {}

  Asking(Upstream upstream, Group group) {
    this.upstream = upstream;
    this.group = group;
    loop = group.loop();
    limits = group.limits();
    pace = new Pace(limits.messages());
    quota = new Quota(limits.subscriptions());
  }

  /** The connection is open. */
  void begin() {
    ready = true;
    send();
  }

  /** It is closed. */
  void end() {
    ready = false;
    if (next != null) next.cancel();
    next = null;
    if (closed != null) closed.cancel();
    closed = null;
    quota.clear();
    ping = false;
    leaving.clear();
    asked.clear();
    ids = 0;
  }

  /** Whether what is to be asked for, and so many channels more, can be before a window passes. */
  boolean mayAskFor(int more) {
    long wanted = more;
    for (Seat seat : upstream.seats()) if (seat.state == Seat.State.WANTED || seat.again) wanted++;
    return quota.left(loop.nanos()) >= letters(wanted) + letters(leaving.size());
  }

  /** Whether a subscription can be taken back and made again before a window passes. */
  boolean mayAskAnew() {
    return mayAskFor(1) && quota.left(loop.nanos()) > 1;
  }

  private long letters(long channels) {
    return Math.ceilDiv(channels, limits.channels().perMessage());
  }

  /** Something is to be asked for; soon, as others may be too. */
  void gather() {
    if (ready && next == null) next = loop.schedule(GATHER.toNanos(), this::sendNext);
  }

  /** A ping is to be sent, before all else. */
  void ping() {
    ping = true;
    gather();
  }

  /** A subscription is to be taken back. */
  void leave(Seat seat) {
    seat.state = Seat.State.LEAVING;
    leaving.add(seat);
    gather();
  }

  /** One that is being left is the other from now on. */
  void instead(Seat old, Seat other) {
    if (leaving.remove(old)) leaving.add(other);
    asked.replaceAll(
        (_, one) ->
            one.seats.contains(old)
                ? new Asked(
                    one.id,
                    one.subscribes,
                    one.seats.stream().map(seat -> seat == old ? other : seat).toList(),
                    one.messages)
                : one);
  }

  private void sendNext() {
    next = null;
    send();
  }

  private void send() {
    if (!ready || next != null) return;
    long wait = pace.waitFor(loop.nanos());
    if (wait == 0 && sendOne()) wait = Math.max(1, pace.waitFor(loop.nanos()));
    if (wait > 0) next = loop.schedule(wait, this::sendNext);
  }

  /** Sends a message if there is one to be sent. */
  private boolean sendOne() {
    var line = upstream.line();
    if (line == null) return false;
    if (ping) {
      ping = false;
      var text = group.connector().keepalive().message();
      if (text.isPresent()) line.send(text.get());
      else line.ping();
    } else {
      boolean leaves = !leaving.isEmpty();
      var batch = leaves ? takeLeaving() : wanted();
      if (batch.isEmpty() || isClosed(batch, leaves)) return false;
      send(batch, !leaves);
      quota.sent(loop.nanos());
    }
    pace.sent(loop.nanos());
    return true;
  }

  /** Whether the exchange takes no more for now: then it is tried again when it does. */
  private boolean isClosed(List<Seat> batch, boolean leaves) {
    long wait = quota.waitFor(loop.nanos());
    if (wait == 0) return false;
    if (leaves) leaving.addAll(batch);
    if (closed == null) {
      LOG.log(
          System.Logger.Level.INFO,
          "{0}: has used up its subscriptions: the next ones in {1} s",
          upstream.name(),
          Duration.ofNanos(wait).toSeconds());
      closed =
          loop.schedule(
              wait,
              () -> {
                closed = null;
                send();
              });
    }
    return true;
  }

  private List<Seat> takeLeaving() {
    var batch = new ArrayList<Seat>();
    while (!leaving.isEmpty() && batch.size() < limits.channels().perMessage())
      batch.add(leaving.poll());
    return batch;
  }

  private List<Seat> wanted() {
    var batch = new ArrayList<Seat>();
    // In the order of their names, so that what is sent does not depend on who came first.
    for (Seat seat : upstream.byName()) {
      if (seat.state != Seat.State.WANTED) continue;
      if (seat.alone && !batch.isEmpty()) continue;
      batch.add(seat);
      if (seat.alone || batch.size() == limits.channels().perMessage()) break;
    }
    return batch;
  }

  /** Sends as many of them as fit; the others stay as they are. */
  private void send(List<Seat> batch, boolean subscribes) {
    long id = ++ids;
    var letter =
        Letter.of(
            batch.stream().map(Seat::name).toList(),
            limits.channels(),
            names -> text(names, subscribes, id));
    var sent = List.copyOf(batch.subList(0, letter.channels()));
    if (!subscribes) batch.subList(sent.size(), batch.size()).forEach(leaving::addFirst);
    if (letter.text().isEmpty()) {
      sent.forEach(upstream::left);
      return;
    }
    if (subscribes) sent.forEach(upstream::asked);
    var one = new Asked(id, subscribes, sent, upstream.messages());
    asked.put(id, one);
    loop.schedule(group.streams().settings().ack().toNanos(), () -> unanswered(one));
    var line = upstream.line();
    if (line != null) line.send(letter.text());
  }

  private String text(List<String> names, boolean subscribes, long id) {
    return subscribes
        ? group.connector().subscribe(names, id)
        : group.connector().unsubscribe(names, id);
  }

  private void unanswered(Asked one) {
    if (!asked.remove(one.id, one)) return;
    if (!one.subscribes) {
      one.seats.forEach(upstream::left);
      return;
    }
    var open = one.seats.stream().filter(seat -> seat.state == Seat.State.ASKED).toList();
    if (open.isEmpty()) return;
    String late =
        "did not answer the subscription to %s within %d ms"
            .formatted(
                open.size() == 1 ? open.getFirst().name() : open.size() + " channels",
                group.streams().settings().ack().toMillis());
    if (upstream.messages() == one.messages) upstream.dead(late);
    else if (one.seats.size() > 1) eachAlone(open);
    else
      upstream.refuse(
          open.getFirst(),
          new Failure.Unreachable(group.hostName() + " " + late, "wait", upstream.state().route()));
  }

  private void eachAlone(List<Seat> seats) {
    for (Seat seat : seats) {
      seat.alone = true;
      seat.state = Seat.State.WANTED;
    }
    gather();
  }

  // What the exchange says.

  void word(Incoming.Word word) {
    switch (word) {
      case Incoming.Ignored _ -> {}
      case Incoming.Done(long id) -> {
        var one = asked.remove(id);
        if (one != null) one.seats.forEach(this::done);
      }
      case Incoming.Subscribed(var names) -> names.forEach(this::done);
      case Incoming.Refused(long id, var failure) -> refused(asked.remove(id), failure);
      case Incoming.RefusedChannel(var name, var failure) -> {
        for (Seat seat : List.copyOf(upstream.seats()))
          if (seat.name().equals(name)) refused(seat, failure);
      }
      case Incoming.Leaving(var reason) -> group.replace(upstream, reason);
      case Incoming.Broken(var failure) -> upstream.fail(Group.line(failure));
    }
  }

  private void done(String name) {
    for (Seat seat : List.copyOf(upstream.seats())) if (seat.name().equals(name)) done(seat);
  }

  private void done(Seat seat) {
    switch (seat.state) {
      case ASKED -> upstream.taken(seat);
      case LEAVING -> {
        if (!leaving.contains(seat)) upstream.left(seat);
      }
      case WANTED, TAKEN -> {}
    }
  }

  private void refused(@Nullable Asked one, Failure failure) {
    if (one == null)
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: a complaint: {1}",
          upstream.name(),
          failure.getMessage());
    else if (!one.subscribes) one.seats.forEach(upstream::left);
    else if (one.seats.size() > 1 && !(failure instanceof Failure.Limited))
      eachAlone(one.seats.stream().filter(seat -> seat.state == Seat.State.ASKED).toList());
    else for (Seat seat : one.seats) refused(seat, failure);
  }

  private void refused(Seat seat, Failure failure) {
    if (!(failure instanceof Failure.Limited pause)) {
      upstream.refuse(seat, failure);
      return;
    }
    long left = Duration.between(loop.instant(), pause.until()).toNanos();
    loop.schedule(
        Math.max(left, GATHER.toNanos()),
        () -> {
          if (seat.state != Seat.State.ASKED) return;
          seat.state = Seat.State.WANTED;
          gather();
        });
  }
}
