package io.tradeflood.net;

import io.tradeflood.net.Attempt.Outcome;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Gets the answer to one request: waits for its limits, sends it, obeys what the exchange says, and
 * tries again where that is safe and may help. Used by one thread.
 */
final class Delivery {
  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  /** So often an answer may be broken JSON, and so often the exchange may want a pause. */
  private static final int BROKEN = 2;

  private static final int PAUSES = 5;

  private final Errand errand;
  private final HttpTransport transport;
  private final Consumer<HttpReply> reading;
  private final long began;
  private int tries;
  private int pauses;
  private int broken;

  /**
   * @param reading reads an answer that is a success; throws {@link Failure.Unreadable} if it
   *     cannot
   */
  Delivery(Errand errand, HttpTransport transport, Consumer<HttpReply> reading) {
    this.errand = errand;
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
    try (var passage = Passage.enter(errand, transport)) {
      var log = new Log(transport.timeline().nanos());
      List<Gate> gates = passage.gates();
      try {
        passage.sending();
        WireReply got = transport.wire().exchange(errand.onTheWire());
        passage.answered(log.began + got.connected().toNanos(), got);
        log.got = Optional.of(got);
        return log.result(judge(got.reply(), passage, gates));
      } catch (WireFailure failure) {
        if (!failure.mayCount()) passage.notSeen();
        log.phase = Optional.of(failure.phase());
        return log.result(broken(failure));
      } finally {
        transport.tell(() -> log.attempt(gates));
      }
    }
  }

  private Result broken(WireFailure failure) {
    var told = Judge.failure(errand, failure, tries);
    return failure.kind() == WireFailure.Kind.PASSING
        ? new Result.Again(told, Duration.ZERO)
        : new Result.Final(told);
  }

  private Result judge(HttpReply reply, Passage passage, List<Gate> gates) {
    var failure = Judge.failure(errand, reply, pauses);
    if (reply.status() == Judge.REGION) passage.refuse();
    if (failure.isEmpty()) return read(reply);
    return switch (failure.get()) {
      case Failure.Limited limited -> {
        passage.shut(limited, gates);
        yield new Result.Pause(limited);
      }
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
