package io.tradeflood.net;

import io.tradeflood.net.Errand.Taking;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One try's way to the exchange: first its share of each limit, in their order, then a place in the
 * lane, for which those of different limits take turns: so hardly any share is held in vain, and no
 * place while a limit is waited for. Used by one thread. Closing gives the place back, and the
 * shares as far as the exchange cannot have counted them.
 */
final class Passage implements AutoCloseable {
  /** So long an exchange is not asked by a way that leads from a region it does not serve. */
  private static final Duration REGION = Duration.ofMinutes(10);

  private final Errand errand;
  private final HttpTransport transport;
  private final Lane lane;
  private final Shutter shutter;
  private final List<Held> held = new ArrayList<>();
  private final Duration patience;
  private boolean placed;
  private boolean sent;

  private record Held(Gate gate, long amount) {}

  private Passage(Errand errand, HttpTransport transport, Duration patience) {
    this.errand = errand;
    this.transport = transport;
    this.patience = patience;
    lane = transport.lane(errand);
    lane.bound().incrementAndGet();
    shutter = transport.shutter(errand);
  }

  /**
   * Waits until the request may be sent.
   *
   * @param patience the longest pause set by the exchange that is waited out
   * @throws Failure.Limited if the exchange wants a pause that is longer
   * @throws Failure.Refused if it has said not long ago that it refuses everything by this way
   */
  static Passage enter(Errand errand, HttpTransport transport, Duration patience)
      throws InterruptedException {
    var passage = new Passage(errand, transport, patience);
    boolean through = false;
    try {
      passage.awaitLimits();
      passage.awaitPlace();
      through = true;
      return passage;
    } finally {
      if (!through) passage.close();
    }
  }

  private void awaitLimits() throws InterruptedException {
    checkRegion();
    for (Taking taking : errand.takings()) {
      Gate gate = transport.gate(errand, taking.limit());
      gate.take(taking.amount(), patience, this::tooLong);
      held.add(new Held(gate, taking.amount()));
    }
  }

  /** Somebody may be told to pause while others already wait for a place: look once more. */
  private void awaitPlace() throws InterruptedException {
    while (true) {
      lane.places().acquire(errand.party());
      placed = true;
      checkRegion();
      long shut = shutter.shutFor(transport.timeline().nanos());
      for (Held one : held) shut = Math.max(shut, one.gate().shutFor());
      if (shut == 0) return;
      lane.places().release();
      placed = false;
      if (shut > patience.toNanos()) throw tooLong(shut);
      transport.timeline().sleep(shut);
    }
  }

  private void checkRegion() {
    var refusal = shutter.refusal(transport.timeline().nanos());
    if (refusal.isPresent()) throw refusal.get();
  }

  private Failure.Limited tooLong(long nanos) {
    var timeline = transport.timeline();
    var until = timeline.in(nanos);
    return new Failure.Limited(
        "%s wants no requests (%s%s) until %s%s, longer than the %d s that are waited: try again then%s"
            .formatted(
                errand.subject(),
                errand.egress(),
                EgressChoice.rotation(errand).isAllowed() ? ", nor by its other addresses" : "",
                until.truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                shutter.source(),
                patience.toSeconds(),
                errand.route() instanceof Route.Proxyter proxyter
                        && !proxyter.rotation().isAllowed()
                    ? "; the proxy scheme keeps to one address"
                    : ""),
        until,
        shutter.shutFor(timeline.nanos()) > 0);
  }

  /** From now on the exchange may see the request. */
  void sending() {
    sent = true;
  }

  /** It never reached the exchange. */
  void notSeen() {
    sent = false;
  }

  /**
   * An answer came: the limits learn from it. The exchange counted and dated it after it left and
   * before its first byte was here.
   */
  void answered(WireReply got) {
    long sentAt = got.sentAt();
    long receivedAt = got.firstByteAt();
    var reply = got.reply();
    if (reply.header("age").isEmpty())
      reply
          .header("date")
          .flatMap(RetryAfter::date)
          .ifPresent(date -> lane.clock().heard(sentAt, receivedAt, date.getEpochSecond()));
    for (Held one : held) one.gate().answered(one.amount(), sentAt, receivedAt, reply);
    held.clear();
  }

  /**
   * The exchange wants a pause: everybody waits who would ask it by this way.
   *
   * @param source who else says so, see {@link Shutter#saidBy}
   */
  void shut(Failure.Limited limited, List<Gate> gates, String source) {
    if (transport.isPlayed()) return;
    shutter.saidBy(source);
    var timeline = transport.timeline();
    long nanos = Duration.between(timeline.instant(), limited.until()).toNanos();
    long until = timeline.nanos() + Math.max(0, nanos);
    for (Gate gate : gates) gate.shut(until, limited.isBan());
    if (limited.isBan() || gates.isEmpty()) shutter.shut(until);
  }

  /** The exchange does not serve this region: what comes after is told so without asking again. */
  void refuse() {
    var timeline = transport.timeline();
    var again = timeline.in(REGION.toNanos()).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    var failure =
        new Failure.Refused(
            "%s does not serve the region from which it was asked (status %d, %s), so it is not asked again before %s: take another route"
                .formatted(errand.subject(), Judge.REGION, errand.egress(), again),
            Integer.toString(Judge.REGION),
            Judge.REGION);
    shutter.refuse(failure, timeline.nanos() + REGION.toNanos());
  }

  List<Gate> gates() {
    return held.stream().map(Held::gate).toList();
  }

  @Override
  public void close() {
    for (Held one : held) {
      if (sent) one.gate().lost(one.amount());
      else one.gate().giveBack(one.amount());
    }
    held.clear();
    if (placed) lane.places().release();
    placed = false;
    lane.bound().decrementAndGet();
  }
}
