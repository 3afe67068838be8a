package io.tradeflood.proxyter.pool;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Where the least score is that of a member that carries nothing, one of those that carry nothing
 * is drawn by lot, the more likely the lower its score: nobody is left out for being a little
 * slower, and each gets its share even of requests that come one after another. Under load it is
 * the least score.
 *
 * <p>Small groups are looked at whole; of large ones two random members are compared, which keeps
 * the load even at a price that does not grow.
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

  /** The member to take among those that are eligible. */
  public Optional<Upstream> next(
      List<Upstream> members, Predicate<Upstream> eligible, Share share, long now) {
    if (members.size() > SMALL)
      for (int i = 0; i < PAIRS; i++) {
        Upstream a = members.get(random.nextInt(members.size()));
        Upstream b = members.get(random.nextInt(members.size()));
        boolean aFits = eligible.test(a);
        boolean bFits = a != b && eligible.test(b);
        if (aFits && bFits) return Optional.of(either(a, b, share, now));
        if (aFits || bFits) return Optional.of(aFits ? a : b);
      }
    return scan(members, eligible, share, now);
  }

  private Upstream either(Upstream a, Upstream b, Share share, long now) {
    double first = score(a, share, now);
    double second = score(b, share, now);
    boolean byLot = isIdle(a) && isIdle(b);
    return (byLot ? random.nextDouble() * (first + second) < second : first <= second) ? a : b;
  }

  private Optional<Upstream> scan(
      List<Upstream> members, Predicate<Upstream> eligible, Share share, long now) {
    Upstream best = null;
    Upstream drawn = null;
    boolean byLot = false;
    double least = Double.POSITIVE_INFINITY;
    double lots = 0;
    int ties = 0;
    for (Upstream member : members) {
      if (!eligible.test(member)) continue;
      boolean idle = isIdle(member);
      double score = score(member, share, now);
      if (score < least) ties = 0;
      if (score <= least && random.nextInt(++ties) == 0) {
        best = member;
        least = score;
        byLot = idle;
      }
      if (!idle) continue;
      lots += 1 / score;
      if (drawn == null || random.nextDouble() * lots < 1 / score) drawn = member;
    }
    return Optional.ofNullable(byLot ? drawn : best);
  }

  private static boolean isIdle(Upstream proxy) {
    return proxy.load().setups() + proxy.load().tunnels() == 0;
  }

  /**
   * The chance of each to be taken if it is asked for now; of a large group, as if it were looked
   * at whole.
   *
   * @param eligible all of a group that are
   */
  public Map<Upstream, Double> chances(List<Upstream> eligible, Share share, long now) {
    var lots = new LinkedHashMap<Upstream, Double>();
    for (Upstream member : eligible) lots.put(member, 1 / score(member, share, now));
    double most = lots.values().stream().max(Double::compare).orElse(0.0);
    boolean byLot =
        lots.entrySet().stream().anyMatch(e -> e.getValue() == most && isIdle(e.getKey()));
    lots.replaceAll((u, lot) -> byLot ? isIdle(u) ? lot : 0 : lot == most ? 1.0 : 0);
    double all = lots.values().stream().mapToDouble(lot -> lot).sum();
    lots.replaceAll((_, lot) -> lot / all);
    return lots;
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
