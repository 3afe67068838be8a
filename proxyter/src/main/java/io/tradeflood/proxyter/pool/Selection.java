package io.tradeflood.proxyter.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Chooses among the members of a group. The lower the score the better: who has the least to do for
 * its weight, is quick, succeeds, and is not on probation.
 *
 * <pre>
 * score = (2 * setups + tunnels + 1) / weight * setupTime ^ b / successRate ^ 2 / share
 * </pre>
 *
 * Small groups are looked at whole; of large ones two random members are compared, which keeps the
 * load even at a price that does not grow.
 */
public final class Selection {
  private static final int SMALL = 16;
  private static final int PAIRS = 5;

  /** Fails at once, is idle at once: without this, the fastest failure gets the most to do. */
  private static final double MIN_SUCCESS = 0.001;

  private final double latencyExponent;
  private final RandomGenerator random;

  /**
   * @param latencyExponent {@code b} above: 0 turns the set-up time off, 0.5 is ordinary
   * @param random breaks ties and draws pairs
   */
  public Selection(double latencyExponent, RandomGenerator random) {
    this.latencyExponent = latencyExponent;
    this.random = random;
  }

  /**
   * What part of its ordinary share a proxy gets now: less while it is on probation or suspected.
   */
  @FunctionalInterface
  public interface Share {
    /** Above 0, at most 1. */
    double of(Upstream proxy);
  }

  /** The member with the least to do among those that are eligible. */
  public Optional<Upstream> least(
      List<Upstream> members, Predicate<Upstream> eligible, Share share, long now) {
    if (members.size() > SMALL)
      for (int i = 0; i < PAIRS; i++) {
        Upstream a = members.get(random.nextInt(members.size()));
        Upstream b = members.get(random.nextInt(members.size()));
        boolean aFits = eligible.test(a);
        boolean bFits = a != b && eligible.test(b);
        if (aFits && bFits)
          return Optional.of(score(a, share, now) <= score(b, share, now) ? a : b);
        if (aFits || bFits) return Optional.of(aFits ? a : b);
      }
    return scan(members, eligible, share, now);
  }

  private Optional<Upstream> scan(
      List<Upstream> members, Predicate<Upstream> eligible, Share share, long now) {
    Upstream best = null;
    double least = Double.POSITIVE_INFINITY;
    int ties = 0;
    for (Upstream member : members) {
      if (!eligible.test(member)) continue;
      double score = score(member, share, now);
      if (score < least) {
        best = member;
        least = score;
        ties = 1;
      } else if (score == least && random.nextInt(++ties) == 0) best = member;
    }
    return Optional.ofNullable(best);
  }

  /** The score of one member, for explanations, too. */
  public double score(Upstream proxy, Share share, long now) {
    Load load = proxy.load();
    double busy = 2.0 * load.setups() + load.tunnels() + 1;
    double micros = Math.max(100, load.setupMicros(now));
    double slow = latencyExponent == 0 ? 1 : Math.pow(micros, latencyExponent);
    return busy
        / proxy.settings().weight()
        * slow
        / Math.max(MIN_SUCCESS, load.successRate(now) * load.successRate(now))
        / Math.max(0.01, share.of(proxy));
  }

  /**
   * The members in the order in which they want a session; the same on every machine and after
   * every restart. When members come or go, only the sessions move that must.
   */
  public static List<Upstream> preference(List<Upstream> members, String session) {
    long hash = Upstream.mix(session);
    return members.stream()
        .sorted(
            Comparator.comparingLong((Upstream u) -> u.affinity(hash))
                .reversed()
                .thenComparing(Upstream::id))
        .toList();
  }
}
