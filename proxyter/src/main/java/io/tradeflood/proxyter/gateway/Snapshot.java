package io.tradeflood.proxyter.gateway;

import io.netty.handler.ssl.SslContext;
import io.tradeflood.proxyter.config.Origins;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsException;
import io.tradeflood.proxyter.hop.Hop;
import io.tradeflood.proxyter.payload.Payload;
import io.tradeflood.proxyter.pool.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the data path decides by. Never changed: a change of the configuration makes another.
 */
final class Snapshot {
  private final Settings settings;
  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
  private final Map<String, Upstream> leaving = new LinkedHashMap<>();
  private final Map<String, Hop> hops = new HashMap<>();
  private final Map<String, Pool> pools = new LinkedHashMap<>();
  private final Map<String, RoutePlan> routes = new LinkedHashMap<>();

  /** Of routes and groups that are gone, too: what was counted stays counted. */
  private final Map<String, RouteCounts> counts = new LinkedHashMap<>();

  private final Map<String, Durations> setupTimes = new LinkedHashMap<>();
  private final List<ClientPlan> clients = new ArrayList<>();
  private final Origins origins;
  private final LimitBook book;
  private final Optional<SslContext> listenTls;

  /**
   * @param before what it follows, whose counts it takes over
   * @throws SettingsException if a certificate or key cannot be used
   */
  Snapshot(Settings settings, Optional<Snapshot> before, long now) {
    this.settings = settings;
    this.origins = new Origins(settings.origins());
    var limits = new LimitBook(before.map(b -> b.book));
    var problems = new ArrayList<String>();
    this.listenTls = settings.listen().tls().flatMap(tls -> ListenTls.of(tls, problems));
    for (Settings.Proxy proxy : settings.proxies().values()) {
      Optional<Upstream> old = before.flatMap(b -> b.known(proxy.id()));
      upstreams.put(proxy.id(), old.map(o -> o.with(proxy)).orElseGet(() -> new Upstream(proxy)));
      hops.put(proxy.id(), Hop.of(proxy, problems));
    }
    before.ifPresent(this::leave);
    before.ifPresent(b -> counts.putAll(b.counts));
    before.ifPresent(b -> setupTimes.putAll(b.setupTimes));
    for (Settings.Client client : settings.clients().values())
      clients.add(ClientPlan.of(client, limits));
    for (Settings.Group group : settings.groups().values())
      pools.put(group.id(), pool(group, limits));
    for (Settings.Route route : settings.routes().values())
      routes.put(route.type(), route(route, limits, before));
    if (!problems.isEmpty()) throw new SettingsException(problems);
    this.book = limits.closed(now);
  }

  /** Proxies that are gone are known while they carry something: they may come back. */
  private void leave(Snapshot before) {
    for (var old : List.of(before.leaving, before.upstreams))
      old.forEach(
          (id, upstream) -> {
            boolean busy = upstream.load().tunnels() > 0 || upstream.load().setups() > 0;
            if (busy && !upstreams.containsKey(id)) leaving.put(id, upstream);
          });
  }

  private Optional<Upstream> known(String id) {
    return Optional.ofNullable(upstreams.getOrDefault(id, leaving.get(id)));
  }

  private Pool pool(Settings.Group group, LimitBook limits) {
    var members = new ArrayList<Member>();
    for (String id : group.proxies()) {
      Upstream upstream = upstreams.get(id);
      Hop hop = hops.get(id);
      if (upstream != null && hop != null) members.add(member(upstream, hop, group, limits));
    }
    return new Pool(
        group.id(),
        limits.scope("group:" + group.id(), group.limits()),
        setupTimes.computeIfAbsent(group.id(), _ -> new Durations()),
        members);
  }

  private Member member(Upstream upstream, Hop hop, Settings.Group group, LimitBook limits) {
    String name = "proxy:" + upstream.id();
    var atOrigins = new HashMap<String, Scope>();
    for (Settings.Origin origin : settings.origins().values()) {
      Scope scope = limits.scope(pairName(upstream.id(), origin.name()), origin.perProxy());
      if (!scope.isEmpty()) atOrigins.put(origin.name(), scope);
    }
    return new Member(
        upstream,
        group.id(),
        hop,
        limits.scope(name, upstream.settings().limits()),
        limits.scope(name + "@group:" + group.id(), group.perProxy()),
        Map.copyOf(atOrigins));
  }

  static String pairName(String proxy, String origin) {
    return "proxy:" + proxy + "@origin:" + origin;
  }

  private RoutePlan route(Settings.Route route, LimitBook limits, Optional<Snapshot> before) {
    Optional<RoutePlan> old = before.map(b -> b.routes.get(route.type()));
    var leaving = new ArrayList<Pool>();
    for (String id : route.groups()) {
      Pool pool = pools.get(id);
      if (pool != null) leaving.add(pool);
    }
    return new RoutePlan(
        route,
        limits.scope("type:" + route.type(), route.limits()),
        List.copyOf(leaving),
        old.map(RoutePlan::room).orElseGet(WaitingRoom::new),
        old.map(RoutePlan::usual).orElseGet(UsualTime::new),
        old.map(RoutePlan::retries).orElseGet(RetryBudget::new),
        counts.computeIfAbsent(route.type(), _ -> new RouteCounts()));
  }

  Settings settings() {
    return settings;
  }

  Map<String, Upstream> upstreams() {
    return upstreams;
  }

  Map<String, RoutePlan> routes() {
    return routes;
  }

  Map<String, RouteCounts> counts() {
    return counts;
  }

  Map<String, Durations> setupTimes() {
    return setupTimes;
  }

  LimitBook book() {
    return book;
  }

  Optional<SslContext> listenTls() {
    return listenTls;
  }

  String origin(String host) {
    return origins.of(host);
  }

  /** The route of a type: its own, else that of the longest part of it in front of a dot. */
  Optional<RoutePlan> route(String type) {
    String prefix = type;
    while (true) {
      RoutePlan found = routes.get(prefix);
      if (found != null) return Optional.of(found);
      int dot = prefix.lastIndexOf('.');
      if (dot < 0) return Optional.ofNullable(routes.get("*"));
      prefix = prefix.substring(0, dot);
    }
  }

  /** What is wrong with the groups that a payload names, in one line. */
  Optional<String> wrongGroup(Payload payload, RoutePlan route) {
    Set<String> wanted = payload.groups();
    if (wanted.isEmpty()) return Optional.empty();
    List<String> leaving = route.pools().stream().map(Pool::id).toList();
    boolean some = leaving.stream().anyMatch(wanted::contains);
    return wanted.stream()
        .sorted()
        .filter(id -> some ? !pools.containsKey(id) : !leaving.contains(id))
        .findFirst()
        .map(
            id ->
                "key 'g' names '%s', which is no group of route '%s': expected one of %s"
                    .formatted(id, route.type(), String.join(", ", leaving)));
  }

  boolean needsSecret() {
    return !clients.isEmpty();
  }

  Optional<ClientPlan> clientNamed(String name) {
    return clients.stream().filter(client -> client.name().equals(name)).findFirst();
  }

  /** The client with the secret; every client is compared, so the time tells nothing. */
  Optional<ClientPlan> client(byte[] secret) {
    ClientPlan found = null;
    for (ClientPlan client : clients) if (client.isSecret(secret)) found = client;
    return Optional.ofNullable(found);
  }
}
