package io.tradeflood.net;

import io.tradeflood.net.Attempt.Outcome;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Move;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Gets the answer to one request: waits for its limits, sends it, obeys what the exchange says, and
 * tries again where that is safe and may help. Used by one thread.
 */
final class Delivery {
  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

  /** How long a way by which Proxyter has no proxy is left alone, if it does not say. */
  private static final Duration REST = Duration.ofSeconds(5);

  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  /** So often an answer may be broken JSON, and so often the exchange may want a pause. */
  private static final int BROKEN = 2;

  private static final int PAUSES = 5;

  private Errand errand;
  private final HttpTransport transport;
  private final Consumer<HttpReply> reading;
  private final Consumer<Move> moved;
  private final long began;
  private int tries;
  private int pauses;
  private int broken;

  /** Whether a way was chosen before, not only planned. */
  private boolean chosen;

  /**
   * @param reading reads an answer that is a success; throws {@link Failure.Unreadable} if it
   *     cannot
   * @param moved is told when it goes on by another way
   */
  Delivery(
      Errand errand, HttpTransport transport, Consumer<HttpReply> reading, Consumer<Move> moved) {
    this.errand = errand;
    this.moved = moved;
    this.transport = transport;
    this.reading = reading;
    began = transport.timeline().nanos();
  }

  /** The answer. */
  HttpReply answer() throws InterruptedException {
    while (true) {
      tries++;
      switch (attempt()) {
        case Result.Success(var reply) -> {
          return reply;
        }
        case Result.Final(var failure) -> throw failure;
        case Result.Pause(var failure) -> {
          if (++pauses > PAUSES) throw failure;
          tries--; // the next try waits at the gates, and fails there if that takes too long
        }
        case Result.Again(var failure, var atLeast) -> pauseBefore(failure, atLeast);
      }
    }
  }

  /** What one try leads to. */
  private sealed interface Result {
    record Success(HttpReply reply) implements Result {}

    record Final(Failure failure) implements Result {}

    /** Everybody waits, then once more. */
    record Pause(Failure.Limited failure) implements Result {}

    /** Once more after a while, if there are tries and time left. */
    record Again(Failure failure, Duration atLeast) implements Result {}
  }

  private void pauseBefore(Failure failure, Duration atLeast) throws InterruptedException {
    if (tries >= transport.settings().tries()) throw failure;
    double grown = FIRST_DELAY.toNanos() * Math.pow(2, tries - 1);
    double delay = Math.min(grown, LONGEST_DELAY.toNanos()) * (0.5 + transport.jitter() / 2);
    long nanos = Math.max((long) delay, atLeast.toNanos());
    long passed = transport.timeline().nanos() - began;
    if (passed + nanos > transport.settings().retryTime().toNanos()) throw failure;
    transport.timeline().sleep(nanos);
  }

  private Result attempt() throws InterruptedException {
    try (var passage = enter();
        var ride = Ride.by(errand, transport)) {
      var log = new Log(transport.timeline().nanos());
      List<Gate> gates = passage.gates();
      try {
        passage.sending();
        WireReply got = transport.wire().exchange(errand.onTheWire(ride.payload()));
        log.got = Optional.of(got);
        var refusal = refusal(got.reply());
        if (refusal.isPresent()) {
          passage.notSeen();
          return log.result(refused(got.reply(), refusal.get(), passage, gates));
        }
        passage.answered(got);
        return log.result(judge(got, ride, passage, gates));
      } catch (WireFailure failure) {
        if (!failure.mayCount()) passage.notSeen();
        ride.broke(failure);
        log.phase = Optional.of(failure.phase());
        return log.result(broken(failure, passage, gates));
      } finally {
        transport.tell(() -> log.attempt(gates));
      }
    }
  }

  /**
   * Waits at the limits of one way. Where rotation is allowed nobody waits for the end of a ban
   * while another way is open.
   */
  private Passage enter() throws InterruptedException {
    while (true) {
      choose();
      boolean another = transport.choice().isAnotherOpen(errand);
      try {
        return Passage.enter(
            errand, transport, another ? Duration.ZERO : transport.settings().patience());
      } catch (Failure.Limited shut) {
        if (!another) throw shut;
      }
    }
  }

  /** Takes the way that is best now, and says so if it had to leave one. */
  private void choose() {
    var before = errand;
    var obstacle =
        chosen || EgressChoice.prefersFirst(before)
            ? transport.choice().obstacle(before)
            : Optional.<String>empty();
    chosen = true;
    errand = transport.choice().choose(before);
    if (!errand.egress().equals(before.egress()))
      obstacle.ifPresent(
          why ->
              moved.accept(new Move(before.egress().toString(), errand.egress().toString(), why)));
  }

  private Result broken(WireFailure failure, Passage passage, List<Gate> gates) {
    var told = Judge.failure(errand, failure, tries, transport.timeline().instant());
    if (failure.kind() != WireFailure.Kind.PASSING) return new Result.Final(told);
    return failure
        .answer()
        .map(answer -> notLetThrough(told, answer, passage, gates))
        .orElseGet(() -> new Result.Again(told, Duration.ZERO));
  }

  /** Proxyter has no way for it now. */
  private Result notLetThrough(
      Failure told, ProxyterAnswer answer, Passage passage, List<Gate> gates) {
    if (told instanceof Failure.Limited limited && answer.received().isPresent())
      return pause(limited, passage, gates, known(answer));
    Duration wait = answer.retryAfter().orElse(Duration.ZERO);
    if (answer.byOrigin() || !EgressChoice.rotation(errand).isAllowed())
      return new Result.Again(told, wait);
    // Another address may have a proxy.
    Duration rest = answer.retryAfter().orElse(REST);
    transport.lane(errand).rest().shut(transport.timeline().nanos() + rest.toNanos());
    return new Result.Again(told, Duration.ZERO);
  }

  private String known(ProxyterAnswer answer) {
    return errand.route() instanceof Route.Proxyter proxyter
        ? ", as Proxyter at %s knows (%s)".formatted(proxyter.address(), answer.details())
        : "";
  }

  private Result pause(Failure.Limited limited, Passage passage, List<Gate> gates, String source) {
    passage.shut(limited, gates, source);
    if (limited.isBan()) sayWhatFollows(limited);
    return new Result.Pause(limited);
  }

  /** Whether the next call leaves by another address is the user's choice; what it is, is said. */
  private void sayWhatFollows(Failure.Limited limited) {
    if (!(errand.route() instanceof Route.Proxyter proxyter)) return;
    var next = transport.choice().choose(errand);
    boolean moves = !next.egress().equals(errand.egress());
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} has shut out {1} until {2}: {3}",
        errand.hostName(),
        errand.egress(),
        limited.until().truncatedTo(ChronoUnit.SECONDS),
        moves
            ? "the next call leaves by %s, as the proxy scheme allows (%s)"
                .formatted(next.egress(), proxyter.rotation())
            : proxyter.rotation().isAllowed()
                ? "no other of its addresses is open"
                : "no call leaves before, as the proxy scheme keeps to one address");
  }

  /** What Proxyter itself answers to a request that it does not let through. */
  private Optional<ProxyterAnswer> refusal(HttpReply reply) {
    return errand.route() instanceof Route.Proxyter
        ? ProxyterAnswer.of(reply.status(), reply::header)
        : Optional.empty();
  }

  private Result refused(
      HttpReply reply, ProxyterAnswer answer, Passage passage, List<Gate> gates) {
    var failure = Judge.failure(errand, reply, pauses).orElseThrow();
    return ProxyterJudge.mayPass(answer)
        ? notLetThrough(failure, answer, passage, gates)
        : new Result.Final(failure);
  }

  private Result judge(WireReply got, Ride ride, Passage passage, List<Gate> gates) {
    var reply = got.reply();
    var failure = Judge.failure(errand, reply, pauses);
    ride.answered(got, failure);
    if (reply.status() == Judge.REGION) passage.refuse();
    if (failure.isEmpty()) return read(reply);
    return switch (failure.get()) {
      case Failure.Limited limited -> pause(limited, passage, gates, "");
      case Failure.Unreachable unreachable ->
          unreachable.phase().equals(Phase.PROXY.toString()) && reply.status() == 407
              ? new Result.Final(unreachable)
              : new Result.Again(unreachable, RetryAfter.of(reply).orElse(Duration.ZERO));
      default -> new Result.Final(failure.get());
    };
  }

  private Result read(HttpReply reply) {
    try {
      reading.accept(reply);
      return new Result.Success(reply);
    } catch (Failure.Unreadable unreadable) {
      // Cut short on its way it may be whole the next time; of another shape it stays so.
      boolean mayPass = !Reading.isJson(reply.body()) && !Reading.isPage(reply.body());
      return mayPass && ++broken <= BROKEN
          ? new Result.Again(unreadable, Duration.ZERO)
          : new Result.Final(unreadable);
    } catch (Failure failure) {
      return new Result.Final(failure);
    }
  }

  /** What is told of a try. */
  private final class Log {
    final long began;
    Optional<WireReply> got = Optional.empty();
    Optional<Phase> phase = Optional.empty();
    Outcome outcome = Outcome.CANCELLED;

    Log(long began) {
      this.began = began;
    }

    Result result(Result result) {
      outcome = outcome(result);
      return result;
    }

    Attempt attempt(List<Gate> gates) {
      long passed = transport.timeline().nanos() - began;
      return new Attempt(
          errand.hostName(),
          errand.type(),
          errand.address().toString(),
          errand.route(),
          errand.egress().toString(),
          tries,
          transport.timeline().instant().minusNanos(passed),
          outcome,
          got.map(g -> OptionalInt.of(g.reply().status())).orElse(OptionalInt.empty()),
          phase,
          got.map(WireReply::connected).orElse(Duration.ZERO),
          got.map(WireReply::waited).orElse(Duration.ZERO),
          got.map(WireReply::received).orElse(Duration.ZERO),
          Duration.ofNanos(passed),
          gates.stream().map(Gate::state).toList());
    }

    private static Outcome outcome(Result result) {
      return switch (result) {
        case Result.Success _ -> Outcome.ANSWERED;
        case Result.Pause(var limited) -> limited.isBan() ? Outcome.BANNED : Outcome.LIMITED;
        case Result.Again(var failure, _) -> outcome(failure);
        case Result.Final(var failure) -> outcome(failure);
      };
    }

    private static Outcome outcome(Failure failure) {
      return switch (failure) {
        case Failure.Unreachable unreachable ->
            unreachable.phase().equals(Phase.STATUS.toString())
                ? Outcome.FAULTY
                : Outcome.UNREACHABLE;
        case Failure.Unreadable _ -> Outcome.UNREADABLE;
        case Failure.Limited limited -> limited.isBan() ? Outcome.BANNED : Outcome.LIMITED;
        case Failure.Cancelled _ -> Outcome.CANCELLED;
        case Failure.Refused _, Failure.Unsupported _, Failure.Late _, Failure.Bug _ ->
            Outcome.REFUSED;
      };
    }
  }
}
