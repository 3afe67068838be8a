package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.config.LimitSet;
import io.tradeflood.proxyter.limit.Limit;
import io.tradeflood.proxyter.limit.Limit.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All limits by name. A new book takes over what is used from the one before; limits that are not
 * declared any more are remembered while something of them is used, as they may come back.
 */
final class LimitBook {
  private final Map<String, Scope> scopes = new LinkedHashMap<>();
  private final Map<String, Limit> limits = new LinkedHashMap<>();
  private final Map<String, ByteRate> rates = new LinkedHashMap<>();
  private final Map<String, Limit> retired = new LinkedHashMap<>();
  private final Optional<LimitBook> before;

  LimitBook(Optional<LimitBook> before) {
    this.before = before;
  }

  /** The book without its memory of the one before. */
  LimitBook closed(long now) {
    var book = new LimitBook(Optional.empty());
    before.ifPresent(b -> book.retire(b.retired, limits, now));
    before.ifPresent(b -> book.retire(b.limits, limits, now));
    book.scopes.putAll(scopes);
    book.limits.putAll(limits);
    book.rates.putAll(rates);
    return book;
  }

  private void retire(Map<String, Limit> old, Map<String, Limit> current, long now) {
    old.forEach(
        (key, limit) -> {
          if (!current.containsKey(key) && limit.used(now) > 0) retired.put(key, limit);
        });
  }

  /** The limits of a scope; the same name gives the same limits. */
  Scope scope(String name, LimitSet set) {
    if (set.equals(LimitSet.NONE)) return Scope.NONE;
    Scope known = scopes.get(name);
    if (known != null) return known;
    var taken = new ArrayList<Limit>();
    set.tunnels().ifPresent(most -> taken.add(limit(name, "tunnels", new Spec.Concurrent(most))));
    for (int i = 0; i < set.paced().size(); i++)
      taken.add(
          limit(name, kind(set.paced().get(i)) + (i == 0 ? "" : "." + i), set.paced().get(i)));
    Optional<Limit> setups =
        set.setups().isPresent()
            ? Optional.of(limit(name, "setups", new Spec.Concurrent(set.setups().getAsLong())))
            : Optional.empty();
    Optional<ByteRate> bytes =
        set.bytesPerSecond().isPresent()
            ? Optional.of(rate(name, set.bytesPerSecond().getAsLong()))
            : Optional.empty();
    var scope = new Scope(name, List.copyOf(taken), setups, bytes);
    scopes.put(name, scope);
    return scope;
  }

  Optional<Scope> known(String name) {
    return Optional.ofNullable(scopes.get(name));
  }

  /** What is used, as it is kept over a restart. */
  Map<String, List<Long>> memory(long now) {
    var memory = new LinkedHashMap<String, List<Long>>();
    for (var each : List.of(retired, limits))
      each.forEach(
          (key, limit) -> {
            List<Long> used = limit.memory(now);
            if (!used.isEmpty()) memory.put(key, used);
          });
    return memory;
  }

  void restore(Map<String, List<Long>> memory) {
    limits.forEach((key, limit) -> limit.restore(memory.getOrDefault(key, List.of())));
  }

  /** How much of each limit is used. */
  List<GatewayStats.LimitUse> uses(long now) {
    var uses = new ArrayList<GatewayStats.LimitUse>();
    limits.forEach(
        (key, limit) -> {
          int hash = key.indexOf('#');
          uses.add(
              new GatewayStats.LimitUse(
                  key.substring(0, hash),
                  key.substring(hash + 1),
                  limit.used(now),
                  limit.capacity(),
                  limit.missedTries(),
                  limit.refusedRequests(),
                  length(limit.spec())));
        });
    return uses;
  }

  private static Optional<Duration> length(Spec spec) {
    return switch (spec) {
      case Spec.Concurrent _ -> Optional.empty();
      case Spec.Rate rate -> Optional.of(rate.per());
      case Spec.Window window -> Optional.of(window.length());
    };
  }

  static String kind(Spec spec) {
    return switch (spec) {
      case Spec.Concurrent _ -> "tunnels";
      case Spec.Rate _ -> "rate";
      case Spec.Window _ -> "window";
    };
  }

  private Limit limit(String scope, String kind, Spec spec) {
    String key = scope + "#" + kind;
    Limit old = before.map(b -> b.limits.getOrDefault(key, b.retired.get(key))).orElse(null);
    Limit limit = old == null ? Limit.of(spec) : old.under(spec);
    limits.put(key, limit);
    return limit;
  }

  private ByteRate rate(String scope, long perSecond) {
    ByteRate old = before.map(b -> b.rates.get(scope)).orElse(null);
    ByteRate rate = old == null ? new ByteRate(perSecond) : old.under(perSecond);
    rates.put(scope, rate);
    return rate;
  }
}
