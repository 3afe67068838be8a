package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.health.HealthBook.Pair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is shut out where, and until when. Owned by the watcher's thread. */
final class Blocks {
  /** An offence is remembered for so long, so that the next one costs more. */
  private static final long REMEMBERED_MILLIS = 86_400_000;

  private final Map<Pair, PairHealth> pairs = new HashMap<>();

  Map<Pair, PairHealth> all() {
    return pairs;
  }

  /** Shuts a proxy out; its state, if that is news. */
  Optional<PairHealth> block(Attempt failure, Verdict verdict, long now) {
    var pair = new Pair(failure.proxy(), failure.origin());
    PairHealth health = pairs.computeIfAbsent(pair, _ -> new PairHealth());
    long named = failure.retryAfter().map(Instant::toEpochMilli).orElse(0L);
    return health.block(verdict, failure.type(), named, now)
        ? Optional.of(health)
        : Optional.empty();
  }

  boolean isBlocked(Pair pair, long now) {
    PairHealth health = pairs.get(pair);
    return health != null && health.isBlocked(now);
  }

  /** Those whose block has run out. */
  List<Map.Entry<Pair, PairHealth>> due(long now) {
    return pairs.entrySet().stream().filter(entry -> entry.getValue().isDue(now)).toList();
  }

  /** Every pair that is blocked. */
  List<HealthSnapshot.PairState> states() {
    var states = new ArrayList<HealthSnapshot.PairState>();
    pairs.forEach(
        (key, pair) -> {
          if (pair.state() != PairHealth.State.OK)
            states.add(
                new HealthSnapshot.PairState(
                    key.proxy(),
                    key.origin(),
                    pair.type(),
                    Watcher.word(pair.state()),
                    pair.verdict(),
                    Instant.ofEpochMilli(pair.since()),
                    Instant.ofEpochMilli(pair.until()),
                    pair.times()));
        });
    return states;
  }

  /** A block that was kept over a restart. */
  void restore(HealthSnapshot.PairState kept) {
    pairs.put(
        new Pair(kept.proxy(), kept.origin()),
        PairHealth.kept(
            PairHealth.State.valueOf(kept.state().toUpperCase(Locale.ROOT)),
            kept.verdict(),
            kept.type(),
            kept.since().toEpochMilli(),
            kept.until().toEpochMilli(),
            kept.times()));
  }

  /** An operator says that a proxy is well everywhere. */
  void forgive(String proxy) {
    pairs.keySet().removeIf(pair -> pair.proxy().equals(proxy));
  }

  /** Blocks of proxies that are gone are remembered to their end: they may come back. */
  void forgetEnded(Set<String> known, long now) {
    pairs
        .entrySet()
        .removeIf(
            entry -> {
              PairHealth pair = entry.getValue();
              boolean isGone = !known.contains(entry.getKey().proxy()) && pair.until() <= now;
              return isGone
                  || pair.state() == PairHealth.State.OK && now - pair.since() > REMEMBERED_MILLIS;
            });
  }
}
