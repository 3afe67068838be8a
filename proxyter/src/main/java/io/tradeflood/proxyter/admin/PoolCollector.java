package io.tradeflood.proxyter.admin;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.event.Callbacks;
import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.gateway.GatewayStats;
import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.gateway.GatewayStats.RouteLoad;
import io.tradeflood.proxyter.gateway.GatewayStats.Spread;
import io.tradeflood.proxyter.health.HealthSnapshot;
import io.tradeflood.proxyter.health.WatcherStats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The pool's numbers as they are when Prometheus asks: made of what the gateway and the watcher
 * count anyway, so they cost nothing in between, and what is gone from the configuration is gone
 * here. Labels are names of the configuration, never hosts or sessions: targets without a name of
 * ours are {@code other} together.
 */
final class PoolCollector implements MultiCollector {
  private static final String OTHER = "other";
  private static final List<String> STATES =
      List.of(
          "up",
          "suspect",
          "down",
          "half_open",
          "probation",
          "auth_failed",
          "paused",
          "draining",
          "disabled");
  private static final List<String> PAIR_STATES = List.of("paused", "refused", "banned");

  /** These are told as outcomes of the same request beside its own, so they are not among them. */
  private static final List<Outcome> BESIDE =
      List.of(Outcome.RETRIED, Outcome.HEDGED, Outcome.HEDGE_WON);

  private final Parts parts;
  private final Looks looks;
  private final Map<String, LongAdder> verdicts = new ConcurrentHashMap<>();

  PoolCollector(Parts parts, Looks looks) {
    this.parts = parts;
    this.looks = looks;
    parts.journal().listen(this::count);
  }

  private void count(Event event) {
    event.verdict().ifPresent(v -> verdicts.computeIfAbsent(v, _ -> new LongAdder()).increment());
  }

  @Override
  public MetricSnapshots collect() {
    Looks.Pool pool = looks.pool();
    GatewayStats stats = pool.stats();
    WatcherStats watched = parts.watcher().stats();
    var all = new ArrayList<MetricSnapshot>();
    groups(stats, all);
    proxies(pool, all);
    routes(stats, all);
    pairs(pool.health(), all);
    limits(stats, all);
    watched(watched, all);
    callbacks(all);
    rest(stats, all);
    return new MetricSnapshots(all);
  }

  private static void groups(GatewayStats stats, List<MetricSnapshot> all) {
    var tunnels = new Gauges("proxyter_tunnels_open", "Open tunnels");
    var setups = HistogramSnapshot.builder().name("proxyter_setup_seconds");
    setups.help("Time from dialling a proxy to an open tunnel");
    stats
        .groups()
        .forEach(
            (group, load) -> {
              load.tunnels().forEach((proxy, n) -> tunnels.add(n, "proxy", proxy, "group", group));
              setups.dataPoint(histogram(load.setups(), Labels.of("group", group)));
            });
    all.add(tunnels.snapshot());
    all.add(setups.build());
  }

  private static HistogramDataPointSnapshot histogram(Spread spread, Labels labels) {
    var buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < spread.ends().length; i++)
      buckets.bucket(spread.ends()[i], spread.counts()[i]);
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(buckets.build())
        .sum(spread.seconds())
        .labels(labels)
        .build();
  }

  private static void proxies(Looks.Pool pool, List<MetricSnapshot> all) {
    var setup = new Gauges("proxyter_setup_ewma_seconds", "Peak average of the time of a set-up");
    var success = new Gauges("proxyter_success_ratio", "Part of recent set-ups that succeeded");
    var setups = new Gauges("proxyter_setups_open", "Tunnels being set up");
    var bytes = new Counters("proxyter_bytes", "Bytes carried, up from clients and down to them");
    var states = new Gauges("proxyter_proxy_state", "1 for the state that a proxy is in");
    pool.settings()
        .proxies()
        .keySet()
        .forEach(
            id -> {
              var state = pool.state(id);
              setup.add(state.setupMillis() / 1_000, "proxy", id);
              success.add(state.successRate(), "proxy", id);
              setups.add(state.setups(), "proxy", id);
              bytes.add(state.bytesUp(), "proxy", id, "direction", "up");
              bytes.add(state.bytesDown(), "proxy", id, "direction", "down");
              for (String each : STATES)
                states.add(each.equals(state.state()) ? 1 : 0, "proxy", id, "state", each);
            });
    all.addAll(
        List.of(
            setup.snapshot(),
            success.snapshot(),
            setups.snapshot(),
            bytes.snapshot(),
            states.snapshot()));
  }

  private void routes(GatewayStats stats, List<MetricSnapshot> all) {
    var tunnels = new Counters("proxyter_tunnels", "Requests by what became of them");
    var retries = new Counters("proxyter_retries", "Tries of another proxy, by what failed");
    var hedges = new Counters("proxyter_hedges", "Second proxies beside silent ones");
    var depth = new Gauges("proxyter_queue_depth", "Requests that wait for room");
    var waits = HistogramSnapshot.builder().name("proxyter_queue_wait_seconds");
    waits.help("How long requests that waited for room did");
    for (Map.Entry<String, RouteLoad> route : stats.routes().entrySet()) {
      String type = route.getKey();
      RouteLoad load = route.getValue();
      load.outcomes()
          .forEach(
              (outcome, count) -> {
                if (!BESIDE.contains(outcome))
                  tunnels.add(count, "type", type, "outcome", Answers.lower(outcome));
              });
      load.retries().forEach((code, n) -> retries.add(n, "type", type, "reason", code));
      long won = load.outcomes().getOrDefault(Outcome.HEDGE_WON, 0L);
      long hedged = load.outcomes().getOrDefault(Outcome.HEDGED, 0L);
      hedges.add(won, "type", type, "won", "true");
      hedges.add(Math.max(0, hedged - won), "type", type, "won", "false");
      depth.add(load.waiting(), "type", type);
      waits.dataPoint(histogram(load.waits(), Labels.of("type", type)));
    }
    all.addAll(
        List.of(
            tunnels.snapshot(),
            retries.snapshot(),
            hedges.snapshot(),
            depth.snapshot(),
            waits.build(),
            eligible()));
  }

  private MetricSnapshot eligible() {
    var eligible = new Gauges("proxyter_eligible", "Proxies that serve, by group of a route");
    for (Settings.Route route : parts.settings().routes().values())
      for (String group : route.groups())
        eligible.add(parts.eligible(group), "group", group, "type", route.type());
    return eligible.snapshot();
  }

  /** Of several targets that are one here, the worst state and the latest end. */
  private void pairs(HealthSnapshot health, List<MetricSnapshot> all) {
    record Key(String proxy, String origin) {}
    Map<Key, String> states = new LinkedHashMap<>();
    Map<Key, Double> bans = new LinkedHashMap<>();
    for (HealthSnapshot.PairState pair : parts.pairs(health)) {
      var key = new Key(pair.proxy(), label(pair.origin()));
      states.merge(key, pair.state(), PoolCollector::worse);
      if (!pair.state().equals("refused"))
        bans.merge(key, pair.until().toEpochMilli() / 1_000.0, Math::max);
    }
    var state = new Gauges("proxyter_pair_state", "1 for a proxy at a target that is not well");
    states.forEach(
        (key, word) -> state.add(1, "proxy", key.proxy(), "origin", key.origin(), "state", word));
    var ban =
        new Gauges(
            "proxyter_ban_until_seconds", "When a ban or a pause ends, in seconds since 1970");
    bans.forEach((key, end) -> ban.add(end, "proxy", key.proxy(), "origin", key.origin()));
    var down = new Gauges("proxyter_origin_down", "1 for a target that serves nobody");
    Map<String, Integer> origins = new TreeMap<>();
    for (HealthSnapshot.OriginState origin : health.origins())
      origins.merge(label(origin.origin()), origin.down() ? 1 : 0, Math::max);
    origins.forEach((name, value) -> down.add(value, "origin", name));
    all.addAll(List.of(state.snapshot(), ban.snapshot(), down.snapshot()));
  }

  private String label(String origin) {
    return parts.settings().origins().containsKey(origin) ? origin : OTHER;
  }

  private static String worse(String first, String second) {
    return PAIR_STATES.indexOf(first) >= PAIR_STATES.indexOf(second) ? first : second;
  }

  private static void limits(GatewayStats stats, List<MetricSnapshot> all) {
    var used = new Gauges("proxyter_limit_used", "How much of a limit is used");
    var most = new Gauges("proxyter_limit", "How much of a limit may be used");
    var rejected =
        new Counters("proxyter_limit_rejected", "Requests refused for want of room in a limit");
    for (GatewayStats.LimitUse use : stats.limits()) {
      String[] labels = {"limit", use.kind(), "scope", use.scope()};
      used.add(use.used(), labels);
      most.add(use.capacity(), labels);
      rejected.add(use.rejected(), labels);
    }
    all.addAll(List.of(used.snapshot(), most.snapshot(), rejected.snapshot()));
  }

  private void watched(WatcherStats watched, List<MetricSnapshot> all) {
    var attempts = new Counters("proxyter_attempts", "What was seen of proxies, by class");
    watched
        .attempts()
        .forEach(
            (proxy, counts) ->
                counts.forEach((code, n) -> attempts.add(n, "proxy", proxy, "class", code)));
    var probes = new Counters("proxyter_probes", "Probes by kind and result");
    watched
        .probes()
        .forEach(
            (kind, count) -> {
              probes.add(count.good(), "kind", kind, "result", "good");
              probes.add(count.bad(), "kind", kind, "result", "bad");
            });
    var concluded = new Counters("proxyter_verdicts", "Verdicts that were told as events");
    verdicts.forEach((verdict, count) -> concluded.add(count.sum(), "verdict", verdict));
    var dropped =
        new Counters("proxyter_outcomes_dropped", "Outcomes not looked at, being too many");
    dropped.add(watched.dropped());
    all.addAll(
        List.of(attempts.snapshot(), probes.snapshot(), concluded.snapshot(), dropped.snapshot()));
  }

  private void callbacks(List<MetricSnapshot> all) {
    var told = new Counters("proxyter_callbacks", "Events by receiver and what became of them");
    var queue = new Gauges("proxyter_callback_queue", "Events that a receiver is still owed");
    for (Callbacks.Owed owed : parts.callbacks().owed()) {
      told.add(owed.delivered(), "url_id", owed.id(), "result", "delivered");
      told.add(owed.failed(), "url_id", owed.id(), "result", "failed");
      told.add(owed.lost(), "url_id", owed.id(), "result", "lost");
      queue.add(owed.queued(), "url_id", owed.id());
    }
    all.addAll(List.of(told.snapshot(), queue.snapshot()));
  }

  private void rest(GatewayStats stats, List<MetricSnapshot> all) {
    var clients = new Gauges("proxyter_clients", "Connections of clients");
    clients.add(stats.clients());
    var revision = new Gauges("proxyter_config_revision", "Grows with each change");
    revision.add(parts.configuration().state().revision());
    var rejected = new Gauges("proxyter_config_rejected", "1 while the file is refused");
    rejected.add(parts.configuration().state().rejected().isPresent() ? 1 : 0);
    var failures =
        new Counters("proxyter_client_auth_failures", "Clients without or with a wrong secret");
    failures.add(stats.outcomes().getOrDefault(Outcome.UNAUTHENTICATED, 0L));
    var feedback = new Counters("proxyter_feedback", "What clients told, by the target's status");
    stats.feedback().forEach((status, n) -> feedback.add(n, "status", Integer.toString(status)));
    all.addAll(
        List.of(
            clients.snapshot(),
            revision.snapshot(),
            rejected.snapshot(),
            failures.snapshot(),
            feedback.snapshot()));
  }

  /** A gauge while its points are gathered. */
  private static final class Gauges {
    private final GaugeSnapshot.Builder builder;

    Gauges(String name, String help) {
      this.builder = GaugeSnapshot.builder().name(name).help(help);
    }

    void add(double value, String... labels) {
      builder.dataPoint(
          GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
    }

    MetricSnapshot snapshot() {
      return builder.build();
    }
  }

  /** A counter while its points are gathered; {@code _total} is put behind its name. */
  private static final class Counters {
    private final CounterSnapshot.Builder builder;

    Counters(String name, String help) {
      this.builder = CounterSnapshot.builder().name(name).help(help);
    }

    void add(double value, String... labels) {
      builder.dataPoint(
          CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
    }

    MetricSnapshot snapshot() {
      return builder.build();
    }
  }
}
