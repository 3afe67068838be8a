package io.tradeflood.net;

import io.tradeflood.net.StreamWire.Opening;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says what it means that a connection could not be opened, or was closed. */
final class StreamJudge {
  private static final Duration BAN = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Opening opening;
  private final StreamAddress address;

  StreamJudge(Opening opening, StreamAddress address) {
    this.opening = opening;
    this.address = address;
  }

  private String subject() {
    return opening.context().hostName() + " at " + address;
  }

  private String advice() {
    String name = opening.context().hostName();
    return opening.context().host().isPresent()
        ? "check the address given with --host %s=…".formatted(name)
        : "check the network, or give another address with --host %s=URL".formatted(name);
  }

  /** A connection that could not be opened. */
  Failure broken(WireFailure broken, Instant now) {
    if (broken.answer().isPresent()
        && opening.way() instanceof Egress egress
        && egress.route() instanceof Route.Proxyter proxyter)
      return ProxyterJudge.failure(
          subject(), advice(), egress, proxyter, broken.answer().get(), now);
    return switch (broken.kind()) {
      case FOREIGN ->
          new Failure.Unreadable(
              "%s %s: %s".formatted(subject(), broken.happened(), advice()), broken);
      case PASSING, LASTING, UNTRUSTED, ABSENT ->
          new Failure.Unreachable(
              sentence(broken.phase(), broken.kind(), broken.happened()),
              broken.phase().toString(),
              opening.way().toString(),
              broken);
    };
  }

  /** An answer that is not the one that was wanted. */
  Failure status(ReplyHead head, byte[] body, Instant now) {
    int status = head.status();
    var retryAfter = RetryAfter.of(new HttpReply(status, head.headers(), body, now, now));
    return switch (status) {
      case 429, 418 -> limited(status, now.plus(retryAfter.orElse(status == 418 ? BAN : PAUSE)));
      case 403 ->
          retryAfter.isPresent()
              ? limited(status, now.plus(retryAfter.get()))
              : refused(status, " (a firewall, a region or a missing right)", body);
      case 451 -> refused(status, " (the exchange does not serve this region)", body);
      default ->
          status >= 500 || status == 408
              ? new Failure.Unreachable(
                  sentence(
                      Phase.STATUS,
                      WireFailure.Kind.PASSING,
                      "answered with status %d, %s".formatted(status, Excerpt.of(body))),
                  Phase.STATUS.toString(),
                  opening.way().toString())
              : refused(status, "", body);
    };
  }

  private Failure limited(int status, Instant until) {
    return new Failure.Limited(
        "%s %s (status %d, %s) until %s: wait, or ask less"
            .formatted(
                subject(),
                status == 429 ? "wants a pause" : "has shut this address out",
                status,
                opening.way(),
                until.truncatedTo(ChronoUnit.SECONDS)),
        until,
        status != 429);
  }

  private Failure refused(int status, String meaning, byte[] body) {
    return new Failure.Refused(
        "%s refused the connection: status %d%s, %s"
            .formatted(subject(), status, meaning, Excerpt.of(body)),
        Integer.toString(status),
        status);
  }

  /** A connection that was open. */
  Failure ended(String happened) {
    return new Failure.Unreachable(
        "%s %s (%s, %s)".formatted(subject(), happened, Phase.RECEIVE, opening.way()),
        Phase.RECEIVE.toString(),
        opening.way().toString());
  }

  private String sentence(Phase phase, WireFailure.Kind kind, String happened) {
    return "%s %s (%s, %s): %s"
        .formatted(subject(), happened, phase, opening.way(), advice(phase, kind));
  }

  private String advice(Phase phase, WireFailure.Kind kind) {
    return switch (phase) {
      case RESOLVE, CONNECT -> advice();
      case PROXY ->
          Judge.proxyAdvice(
              opening.way() instanceof Egress egress ? egress.route() : Route.direct(), kind);
      case TLS ->
          "check the address; a certificate of your own is trusted by the setting net.trust";
      case SEND, WAIT, RECEIVE, STATUS -> "try again later";
    };
  }
}
