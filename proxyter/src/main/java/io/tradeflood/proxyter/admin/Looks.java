package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.admin.Answers.Limit;
import io.tradeflood.proxyter.admin.Answers.Pair;
import io.tradeflood.proxyter.admin.Answers.ProxyState;
import io.tradeflood.proxyter.config.Address;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.gateway.GatewayStats;
import io.tradeflood.proxyter.gateway.GatewayStats.ProxyLoad;
import io.tradeflood.proxyter.health.HealthSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is seen of the pool at a moment, in the words of the answers. */
final class Looks {
  private static final ProxyLoad NO_LOAD = new ProxyLoad(0, 0, 0, 0, 0, 0, 0, 1);

  private final Parts parts;

  Looks(Parts parts) {
    this.parts = parts;
  }

  /** Health and load of all proxies at one moment. */
  record Pool(
      Settings settings,
      GatewayStats stats,
      HealthSnapshot health,
      Map<String, HealthSnapshot.ProxyState> states,
      Map<String, List<String>> groups,
      Drains drains) {

    ProxyState state(String id) {
      ProxyLoad load = stats.proxies().getOrDefault(id, NO_LOAD);
      Optional<HealthSnapshot.ProxyState> state = Optional.ofNullable(states.get(id));
      return new ProxyState(
          word(id),
          state.map(HealthSnapshot.ProxyState::share).orElse(1.0),
          state.map(HealthSnapshot.ProxyState::since),
          state.flatMap(HealthSnapshot.ProxyState::until),
          state.flatMap(HealthSnapshot.ProxyState::verdict).map(Enum::name),
          groups.getOrDefault(id, List.of()),
          load.tunnels(),
          load.setups(),
          load.opened(),
          load.failed(),
          load.bytesUp(),
          load.bytesDown(),
          Math.round(load.setupMicros()) / 1_000.0,
          Math.round(load.successRate() * 1_000) / 1_000.0);
    }

    /** What operators want of it goes before what it is by itself. */
    String word(String id) {
      Settings.Proxy proxy = settings.proxies().get(id);
      if (proxy != null && !proxy.enabled()) return drains.isDraining(id) ? "draining" : "disabled";
      HealthSnapshot.ProxyState state = states.get(id);
      return state == null ? "up" : state.state();
    }
  }

  Pool pool() {
    Settings settings = parts.settings();
    HealthSnapshot health = parts.watcher().snapshot();
    Map<String, HealthSnapshot.ProxyState> states = new HashMap<>();
    for (HealthSnapshot.ProxyState state : health.proxies()) states.put(state.proxy(), state);
    Map<String, List<String>> groups = new HashMap<>();
    for (Settings.Group group : settings.groups().values())
      for (String id : group.proxies()) groups.merge(id, List.of(group.id()), Looks::both);
    return new Pool(settings, parts.gateway().stats(), health, states, groups, parts.drains());
  }

  private static List<String> both(List<String> first, List<String> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }

  List<String> groupsOf(String proxy) {
    return parts.settings().groups().values().stream()
        .filter(group -> group.proxies().contains(proxy))
        .map(Settings.Group::id)
        .toList();
  }

  List<Limit> limits() {
    return parts.gateway().stats().limits().stream().map(Looks::limit).toList();
  }

  private static Limit limit(GatewayStats.LimitUse use) {
    return new Limit(
        use.scope(),
        use.kind(),
        use.used(),
        use.capacity(),
        Math.max(0, use.capacity() - use.used()),
        use.rejected(),
        use.length().map(length -> length.toMillis() / 1_000.0));
  }

  static Pair pair(HealthSnapshot.PairState pair) {
    return new Pair(
        pair.proxy(),
        pair.origin(),
        pair.type(),
        pair.state(),
        pair.verdict().name(),
        pair.since(),
        pair.until(),
        pair.times());
  }

  static Address address(String name, String text) {
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "parameter '%s': %s".formatted(name, e.getMessage()));
    }
  }
}
