package io.tradeflood.net;

import io.tradeflood.connector.Limit;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says what an answer means: first by the exchange's own words, then by HTTP's. */
final class Judge {
  /** A ban without an end: exchanges begin with two minutes. */
  private static final Duration BAN = Duration.ofMinutes(2);

  /** A pause without an end, for a request that takes from no limit. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** By how much a pause without an end is longer than the one before. */
  private static final int LONGER = 4;

  /** HTTP's status for what the law forbids: by this way the exchange will refuse everything. */
  static final int REGION = 451;

  /** HTTP's status for an answer that is the one we have already, as its ETag tells. */
  static final int UNCHANGED = 304;

  private Judge() {}

  /**
   * What is wrong with the answer; empty if nothing is.
   *
   * @param pauses how often the exchange has wanted a pause of this request before
   */
  static Optional<Failure> failure(Errand errand, HttpReply reply, int pauses) {
    if (errand.route() instanceof Route.Proxyter proxyter) {
      var answer = ProxyterAnswer.of(reply.status(), reply::header);
      if (answer.isPresent())
        return Optional.of(ProxyterJudge.failure(errand, proxyter, answer.get(), reply.received()));
    }
    boolean fine =
        reply.status() >= 200 && reply.status() < 300
            || reply.status() == UNCHANGED && errand.headers().containsKey("if-none-match");
    try {
      var own = errand.connector().failureIn(reply);
      if (own.isPresent()) return own.map(failure -> withRoute(failure, errand));
    } catch (Failure failure) {
      return Optional.of(failure);
    } catch (RuntimeException unreadable) {
      // With a bad status the body is often no JSON at all, and HTTP says enough. With a good one
      // the reader stumbles over the same body, and says where.
    }
    return fine ? Optional.empty() : Optional.of(byStatus(errand, reply, pauses));
  }

  /** Connectors do not know by which way they were asked. */
  private static Failure withRoute(Failure failure, Errand errand) {
    return failure instanceof Failure.Unreachable unreachable && unreachable.route().isEmpty()
        ? new Failure.Unreachable(
            String.valueOf(failure.getMessage()), unreachable.phase(), errand.egress().toString())
        : failure;
  }

  private static Failure byStatus(Errand errand, HttpReply reply, int pauses) {
    int status = reply.status();
    return switch (status) {
      case 429 -> limited(errand, reply, pause(errand, reply, pauses), false);
      case 418 -> limited(errand, reply, BAN, true);
      case 403 ->
          RetryAfter.of(reply).isPresent()
              ? limited(errand, reply, BAN, true)
              : refused(errand, reply, "a firewall, a region or a missing right");
      case REGION -> refused(errand, reply, "the exchange does not serve this region");
      case 407 ->
          errand.route() instanceof Route.Via
              ? unreachable(
                  errand,
                  Phase.PROXY,
                  "was not asked: the proxy does not accept our name and password (407)")
              : refused(errand, reply, "");
      case 408, 425 -> unreachable(errand, Phase.STATUS, answered(reply));
      default -> {
        if (status >= 500) yield fault(errand, reply);
        if (status >= 300 && status < 400) yield redirect(errand, reply);
        if (status >= 400) yield refused(errand, reply, "");
        yield new Failure.Unreadable(
            "%s answered with status %d, which says neither yes nor no: check the address"
                .formatted(errand.subject(), status));
      }
    };
  }

  /**
   * How long to wait where the exchange does not say: the window of the limit of which nothing is
   * left by its own count. If no header tells which one that is, the shortest, and longer each
   * time, up to the longest.
   */
  private static Duration pause(Errand errand, HttpReply reply, int pauses) {
    var limits = errand.takings().stream().map(Errand.Taking::limit).toList();
    var broken =
        limits.stream()
            .filter(limit -> Told.used(limit, reply).orElse(0) >= limit.capacity())
            .map(Limit::window)
            .max(Duration::compareTo);
    if (broken.isPresent()) return broken.get();
    var windows = limits.stream().map(Limit::window).sorted().toList();
    if (windows.isEmpty()) return PAUSE;
    var grown = windows.getFirst().multipliedBy((long) Math.pow(LONGER, pauses));
    return grown.compareTo(windows.getLast()) < 0 ? grown : windows.getLast();
  }

  private static Failure.Limited limited(
      Errand errand, HttpReply reply, Duration otherwise, boolean ban) {
    Instant until = reply.received().plus(RetryAfter.of(reply).orElse(otherwise));
    return new Failure.Limited(
        "%s %s (status %d, %s) until %s: %s"
            .formatted(
                errand.subject(),
                ban ? "has shut this address out" : "wants a pause",
                reply.status(),
                errand.egress(),
                until.truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                errand.route() instanceof Route.Proxyter proxyter
                    ? ProxyterJudge.advice(proxyter)
                    : "wait, or ask less"),
        until,
        ban);
  }

  private static Failure.Refused refused(Errand errand, HttpReply reply, String meaning) {
    return new Failure.Refused(
        "%s refused %s: status %d%s, %s"
            .formatted(
                errand.subject(),
                errand.line(),
                reply.status(),
                meaning.isEmpty() ? "" : " (" + meaning + ")",
                Excerpt.of(reply.body())),
        Integer.toString(reply.status()),
        reply.status());
  }

  private static Failure.Refused redirect(Errand errand, HttpReply reply) {
    return new Failure.Refused(
        "%s answered with a redirect to %s (status %d), which is not followed: %s"
            .formatted(
                errand.subject(),
                reply.header("location").map(UrlText::withoutSecrets).orElse("nowhere"),
                reply.status(),
                errand.advice()),
        Integer.toString(reply.status()),
        reply.status());
  }

  private static Failure.Unreachable fault(Errand errand, HttpReply reply) {
    boolean proxys =
        errand.route() instanceof Route.Via
            && (reply.header("proxy-status").isPresent()
                || reply.header("x-squid-error").isPresent());
    return proxys
        ? unreachable(
            errand,
            Phase.PROXY,
            "was not reached by the proxy, which %s".formatted(answered(reply)))
        : unreachable(errand, Phase.STATUS, answered(reply));
  }

  private static String answered(HttpReply reply) {
    return "answered with status %d, %s".formatted(reply.status(), Excerpt.of(reply.body()));
  }

  private static Failure.Unreachable unreachable(Errand errand, Phase phase, String happened) {
    return new Failure.Unreachable(
        sentence(errand, phase, WireFailure.Kind.PASSING, happened, 1),
        phase.toString(),
        errand.egress().toString());
  }

  /** What a try brought that brought no whole answer, until now. */
  static Failure failure(Errand errand, WireFailure broken, int tries, Instant now) {
    if (errand.route() instanceof Route.Proxyter proxyter && broken.answer().isPresent())
      return ProxyterJudge.failure(errand, proxyter, broken.answer().get(), now);
    return switch (broken.kind()) {
      case FOREIGN ->
          new Failure.Unreadable(
              "%s %s: %s".formatted(errand.subject(), broken.happened(), errand.advice()), broken);
      case ABSENT ->
          new Failure.Unreachable(
              "%s %s: ask for what was asked for when it was recorded"
                  .formatted(errand.subject(), broken.happened()),
              "tape",
              errand.egress().toString(),
              broken);
      case PASSING, LASTING, UNTRUSTED ->
          new Failure.Unreachable(
              sentence(errand, broken.phase(), broken.kind(), broken.happened(), tries),
              broken.phase().toString(),
              errand.egress().toString(),
              broken);
    };
  }

  private static String sentence(
      Errand errand, Phase phase, WireFailure.Kind kind, String happened, int tries) {
    return "%s %s (%s, %s%s): %s"
        .formatted(
            errand.subject(),
            happened,
            phase,
            errand.egress(),
            tries > 1 ? ", %d tries".formatted(tries) : "",
            advice(errand, phase, kind));
  }

  private static String advice(Errand errand, Phase phase, WireFailure.Kind kind) {
    return switch (phase) {
      case RESOLVE, CONNECT -> errand.advice();
      case PROXY -> proxyAdvice(errand.route(), kind);
      case TLS ->
          "check the address; a certificate of your own is trusted by the setting net.trust";
      case SEND, WAIT, RECEIVE, STATUS -> "try again later";
    };
  }

  /** What to do about what stands between. */
  static String proxyAdvice(Route route, WireFailure.Kind kind) {
    if (!(route instanceof Route.Proxyter)) return "check the proxy, or take another route";
    return kind == WireFailure.Kind.UNTRUSTED
        ? "correct its address, or trust a certificate of your own by the setting net.proxyter-trust"
        : "start it with tradeflood proxyter, or correct --proxyter";
  }
}
