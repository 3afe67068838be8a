package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.gateway.Consequence.Action;
import io.tradeflood.proxyter.health.Attempt;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.hop.ProxyAnswers;
import io.tradeflood.proxyter.payload.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Takes the word of clients on how targets answered, which nobody else can see inside TLS. */
final class Feedbacks {
  private final Engine engine;
  private final Map<Integer, LongAdder> counts = new ConcurrentHashMap<>();

  Feedbacks(Engine engine) {
    this.engine = engine;
  }

  /** How often a status was told. */
  Map<Integer, Long> counts() {
    var sums = new TreeMap<Integer, Long>();
    counts.forEach((status, count) -> sums.put(status, count.sum()));
    return sums;
  }

  /**
   * A tunnel's target answered so.
   *
   * @param lease the tunnel, open or closed
   * @param status of HTTP, 100 to 599
   */
  Consequence told(Lease lease, int status, Optional<Duration> retryAfter) {
    counts.computeIfAbsent(status, _ -> new LongAdder()).increment();
    Optional<Settings.Route> route = engine.snapshot().settings().route(lease.type());
    Action action = route.map(r -> action(r, status)).orElse(Action.NOTED);
    Instant now = Instant.ofEpochMilli(engine.now());
    Optional<Instant> until = retryAfter.map(now::plus);
    // First, as who hears of the ban closes them, too, and then there are none left to count.
    boolean closes = action == Action.BANNED && route.get().closeOnBan();
    int closed = closes ? close(lease) : 0;
    signal(action, status)
        .ifPresent(
            signal ->
                engine
                    .health()
                    .attempted(
                        new Attempt(
                            now,
                            lease.proxy(),
                            lease.origin(),
                            lease.target(),
                            lease.group(),
                            lease.type(),
                            signal,
                            "feedback",
                            0,
                            until,
                            lease.number())));
    return new Consequence(
        action,
        action == Action.BANNED || action == Action.PAUSED,
        action == Action.SERVED || action == Action.NOTED ? Optional.empty() : until,
        closed);
  }

  private int close(Lease banned) {
    return engine
        .leases()
        .close(
            other ->
                other.proxy().equals(banned.proxy()) && other.origin().equals(banned.origin()));
  }

  private static Action action(Settings.Route route, int status) {
    if (route.banOn().contains(status)) return Action.BANNED;
    if (route.pauseOn().contains(status)) return Action.PAUSED;
    if (status >= 500) return Action.SUSPECTED;
    // 101 is how a target takes a stream.
    return status == 101 || status >= 200 && status < 400 ? Action.SERVED : Action.NOTED;
  }

  private static Optional<Signal> signal(Action action, int status) {
    return switch (action) {
      // Any status can be a ban by the route's rule; some have a name.
      case BANNED -> {
        Signal named = ProxyAnswers.ofTarget(status);
        yield Optional.of(
            named == Signal.HTTP_403 || named == Signal.HTTP_451 ? named : Signal.HTTP_418);
      }
      case PAUSED -> Optional.of(Signal.HTTP_429);
      case SUSPECTED -> Optional.of(Signal.HTTP_5XX);
      case SERVED -> Optional.of(Signal.OK);
      case NOTED -> Optional.empty();
    };
  }

  /**
   * Takes what a client says of an earlier tunnel when it asks for another; the same proxy does not
   * serve it if that was shut out, even before everybody knows.
   */
  Ask heard(Ask ask) {
    Payload payload = ask.admission().payload();
    if (payload.feedback().isEmpty()) return ask;
    Payload.Feedback word = payload.feedback().get();
    Optional<Lease> lease =
        engine
            .leases()
            .find(word.id())
            .filter(found -> found.client().equals(ask.admission().client().name()));
    if (lease.isEmpty()) return ask;
    Consequence consequence = told(lease.get(), word.status(), word.retryAfter());
    boolean same = lease.get().origin().equals(ask.origin());
    return consequence.switches() && same ? ask.without(lease.get().proxy()) : ask;
  }
}
