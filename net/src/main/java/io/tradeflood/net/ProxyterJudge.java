package io.tradeflood.net;

import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says what it means when Proxyter does not let a request through. */
final class ProxyterJudge {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration BAN = Duration.ofMinutes(2);

  private final String subject;
  private final String advice;
  private final Egress egress;
  private final Route.Proxyter route;
  private final ProxyterAnswer answer;
  private final Instant now;

  private ProxyterJudge(
      String subject,
      String advice,
      Egress egress,
      Route.Proxyter route,
      ProxyterAnswer answer,
      Instant now) {
    this.subject = subject;
    this.advice = advice;
    this.egress = egress;
    this.route = route;
    this.answer = answer;
    this.now = now;
  }

  static Failure failure(Errand errand, Route.Proxyter route, ProxyterAnswer answer, Instant now) {
    return failure(errand.subject(), errand.advice(), errand.egress(), route, answer, now);
  }

  /**
   * @param subject what was not let through
   * @param advice what to do if the exchange cannot be reached
   */
  static Failure failure(
      String subject,
      String advice,
      Egress egress,
      Route.Proxyter route,
      ProxyterAnswer answer,
      Instant now) {
    return new ProxyterJudge(subject, advice, egress, route, answer, now).failure();
  }

  /** Whether another try may help, by the same way or by another. */
  static boolean mayPass(ProxyterAnswer answer) {
    return answer.status() >= 500 && !answer.error().equals("proxy_loop_detected");
  }

  private Failure failure() {
    return switch (answer.status()) {
      case 407 -> secret();
      case 503 -> busy();
      default -> {
        if (answer.status() < 500) yield refused();
        yield answer.byOrigin() ? origin() : unreachable("proxy", "was not reached by");
      }
    };
  }

  private Failure secret() {
    return new Failure.Unreachable(
        "%s was not asked: %s (proxy, %s): give its secret as in --proxyter %s://SECRET@%s"
            .formatted(
                subject,
                who()
                    + (route.address().secret().isPresent()
                        ? " does not accept our secret"
                        : " wants a secret"),
                egress,
                route.address().scheme(),
                route.address()),
        "proxy",
        egress.toString());
  }

  private Failure refused() {
    return new Failure.Refused(
        "%s does not let %s through (%s, %s): %s"
            .formatted(who(), egress.type(), answer.error(), egress, details()),
        answer.error(),
        answer.status());
  }

  private Failure busy() {
    if (answer.received().isPresent()) return shutOut(answer.received().getAsInt());
    if (!answer.error().equals("connection_limit_reached"))
      return unreachable("proxy", "was not asked, there is no way through");
    Instant until = until(SOON);
    return new Failure.Limited(
        "%s has no room for %s until %s (%s): %s: wait, or raise its limits"
            .formatted(who(), egress.type(), until, egress, details()),
        until,
        false);
  }

  /** The exchange has shut out the address that this way leads to, as Proxyter knows. */
  private Failure shutOut(int status) {
    Instant until = until(BAN);
    boolean ban = status != 429;
    return new Failure.Limited(
        "%s %s (status %d, %s) until %s, as %s knows: %s: %s"
            .formatted(
                subject,
                ban ? "has shut this address out" : "wants a pause",
                status,
                egress,
                until,
                who(),
                details(),
                advice(route)),
        until,
        ban);
  }

  /** What to do about an address that is shut out. */
  static String advice(Route.Proxyter route) {
    return route.rotation().isAllowed()
        ? "wait, or ask less"
        : "wait, or ask less; the proxy scheme keeps to one address";
  }

  private Failure origin() {
    String phase = answer.error().startsWith("dns_") ? "resolve" : "connect";
    return unreachable(phase, "was not reached, and not by one proxy alone, by");
  }

  private Failure unreachable(String phase, String happened) {
    return new Failure.Unreachable(
        "%s %s %s: %s (%s, %s): %s"
            .formatted(
                subject,
                happened,
                happened.endsWith("by") ? who() : "at " + who(),
                diagnosis(),
                phase,
                egress,
                phase.equals("proxy") ? "try again later, or look at Proxyter's events" : advice),
        phase,
        egress.toString());
  }

  private String diagnosis() {
    return answer.error() + (answer.details().isEmpty() ? "" : ", " + answer.details());
  }

  private String details() {
    return answer.details().isEmpty() ? "it says no more" : answer.details();
  }

  private Instant until(Duration otherwise) {
    return now.plus(answer.retryAfter().orElse(otherwise))
        .truncatedTo(ChronoUnit.SECONDS)
        .plus(SOON);
  }

  private String who() {
    return "Proxyter at " + route.address();
  }
}
