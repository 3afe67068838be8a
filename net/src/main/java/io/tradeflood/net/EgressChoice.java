package io.tradeflood.net;

import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of its ways a request takes. There is more than one only where the user allows rotation,
 * and each has limits of its own.
 */
final class EgressChoice {
  private final HttpTransport transport;

  EgressChoice(HttpTransport transport) {
    this.transport = transport;
  }

  /**
   * How a way stands.
   *
   * @param shut how long the exchange wants nothing more by it, in nanoseconds
   * @param rest how long Proxyter has no proxy for it, or the exchange does not serve its region
   * @param queue about how long until the limits let the request through
   */
  private record Standing(Errand errand, long shut, long rest, long queue, int bound) {}

  /** The request by the way to take now. */
  Errand choose(Errand errand) {
    var ways = Egress.of(errand.route(), errand.type());
    if (ways.size() == 1) return errand;
    var standings = ways.stream().map(way -> standing(errand.by(way))).toList();
    return best(standings, rotation(errand).mode()).errand();
  }

  private static Standing best(List<Standing> all, Rotation.Mode mode) {
    var order = Comparator.comparingLong(Standing::shut).thenComparingLong(Standing::rest);
    if (mode == Rotation.Mode.SPREAD)
      order = order.thenComparingLong(Standing::queue).thenComparingInt(Standing::bound);
    // Of equals the first.
    return all.stream().min(order).orElseThrow();
  }

  /** Whether the exchange takes requests by some other way than the errand's. */
  boolean isAnotherOpen(Errand errand) {
    return rotation(errand).isAllowed()
        && Egress.of(errand.route(), errand.type()).stream()
            .filter(way -> !way.equals(errand.egress()))
            .anyMatch(way -> standing(errand.by(way)).shut() == 0);
  }

  /** Whether all go by the first of its ways as long as that is open. */
  static boolean prefersFirst(Errand errand) {
    return rotation(errand).mode() == Rotation.Mode.ON_BAN;
  }

  /** Why nothing goes by the errand's way now, as the end of a sentence; empty if something may. */
  Optional<String> obstacle(Errand errand) {
    if (!rotation(errand).isAllowed()) return Optional.empty();
    var standing = standing(errand);
    if (standing.shut() > 0)
      return Optional.of(
          "%s has shut it out until %s".formatted(errand.hostName(), until(standing.shut())));
    if (standing.rest() == Long.MAX_VALUE)
      return Optional.of(errand.hostName() + " does not serve its region");
    if (standing.rest() > 0)
      return Optional.of(
          "Proxyter has no proxy of its own for it until %s".formatted(until(standing.rest())));
    return Optional.empty();
  }

  private Instant until(long nanos) {
    return transport.timeline().in(nanos).truncatedTo(ChronoUnit.SECONDS);
  }

  static Rotation rotation(Errand errand) {
    return errand.route() instanceof Route.Proxyter proxyter
        ? proxyter.rotation()
        : Rotation.never();
  }

  private Standing standing(Errand errand) {
    long now = transport.timeline().nanos();
    var lane = transport.lane(errand);
    var shutter = transport.shutter(errand);
    long rest = shutter.refusal(now).isPresent() ? Long.MAX_VALUE : lane.rest().shutFor(now);
    long shut = shutter.shutFor(now);
    long wait = 0;
    for (var taking : errand.takings()) {
      var gate = transport.gate(errand, taking.limit());
      shut = Math.max(shut, gate.shutFor());
      wait = Math.max(wait, gate.state().delay().toNanos());
    }
    return new Standing(errand, shut, rest, wait, lane.bound().get());
  }
}
