package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.health.Diagnosis.Seen;
import io.tradeflood.proxyter.health.Diagnosis.Sights;
import io.tradeflood.proxyter.health.ProxyHealth.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * All that is concluded of proxies and targets: takes outcomes, gives changes and jobs. It has no
 * thread, no clock and no network of its own, so every story can be told to it in a test; the
 * watcher is its only user.
 */
final class HealthBook {
  /** An open question waits so long for other outcomes before it is probed. */
  private static final long PATIENCE_MILLIS = 300;

  /** While this machine reaches nobody, that is looked at so often. */
  private static final long NETWORK_MILLIS = 2_000;

  /** An answer holds for so long. */
  private static final long VALID_MILLIS = 10_000;

  /** A proxy at a target. */
  record Pair(String proxy, String origin) {}

  private Settings settings;
  private final RandomGenerator random;
  private final Map<String, ProxyHealth> proxies = new HashMap<>();
  private final Map<Pair, PairHealth> pairs = new HashMap<>();
  private final Map<Pair, String> pairTypes = new HashMap<>();
  private final Map<String, OriginHealth> origins = new HashMap<>();
  private final Map<String, String> targets = new HashMap<>();
  private final Map<Pair, Attempt> open = new LinkedHashMap<>();
  private final Map<Pair, Long> asked = new HashMap<>();
  private final Set<Job> running = new HashSet<>();
  private final Matrix matrix;
  private final Recent recent = new Recent();
  private boolean networkDown;
  private long networkProbeAt;

  HealthBook(Settings settings, RandomGenerator random, long now) {
    this.settings = settings;
    this.random = random;
    this.matrix =
        new Matrix(
            settings.health().window().toMillis(),
            id ->
                Optional.ofNullable(this.settings.proxies().get(id))
                    .flatMap(Settings.Proxy::provider));
    use(settings, now);
  }

  /**
   * A changed configuration: proxies that stay keep their state, unless we go there as somebody
   * else or elsewhere. A block of a proxy that is gone is remembered to its end: it may come back.
   */
  void use(Settings changed, long now) {
    for (ProxyHealth proxy : proxies.values()) {
      Settings.Proxy old = settings.proxies().get(proxy.id());
      Settings.Proxy fresh = changed.proxies().get(proxy.id());
      if (old != null && fresh != null && !old.url().equals(fresh.url())) {
        boolean unused = proxy.forgive(changed.health().slowStart().toMillis(), now);
      }
    }
    settings = changed;
    proxies.keySet().retainAll(changed.proxies().keySet());
    forgetEnded(now);
    for (String id : changed.proxies().keySet())
      proxies.computeIfAbsent(id, key -> new ProxyHealth(key, now));
  }

  private void forgetEnded(long now) {
    pairs
        .entrySet()
        .removeIf(
            entry ->
                !proxies.containsKey(entry.getKey().proxy()) && entry.getValue().until() <= now);
    pairTypes.keySet().retainAll(pairs.keySet());
  }

  /** What is kept over a restart. */
  HealthMemory memory() {
    var kept = new ArrayList<HealthMemory.ProxyMemory>();
    for (ProxyHealth proxy : proxies.values()) proxy.memory(mark(proxy.id())).ifPresent(kept::add);
    return new HealthMemory(kept, pairStates());
  }

  private String mark(String id) {
    return Optional.ofNullable(settings.proxies().get(id)).map(p -> p.url().mark()).orElse("");
  }

  /** Takes over what was kept, as far as the proxy is still the one it was. */
  void restore(HealthMemory kept, long now) {
    for (HealthMemory.ProxyMemory memory : kept.proxies())
      if (proxies.containsKey(memory.proxy()) && memory.url().equals(mark(memory.proxy())))
        proxies.put(memory.proxy(), ProxyHealth.kept(memory, now));
    kept.pairs().forEach(this::restore);
    forgetEnded(now);
  }

  Map<String, ProxyHealth> proxies() {
    return proxies;
  }

  Map<Pair, PairHealth> pairs() {
    return pairs;
  }

  Map<String, OriginHealth> origins() {
    return origins;
  }

  /** Every pair that is blocked. */
  List<HealthSnapshot.PairState> pairStates() {
    var states = new ArrayList<HealthSnapshot.PairState>();
    pairs.forEach(
        (key, pair) -> {
          if (pair.state() != PairHealth.State.OK)
            states.add(
                new HealthSnapshot.PairState(
                    key.proxy(),
                    key.origin(),
                    pairTypes.getOrDefault(key, "*"),
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
    var key = new Pair(kept.proxy(), kept.origin());
    pairTypes.put(key, kept.type());
    pairs.put(
        key,
        PairHealth.kept(
            PairHealth.State.valueOf(kept.state().toUpperCase(java.util.Locale.ROOT)),
            kept.verdict(),
            kept.since().toEpochMilli(),
            kept.until().toEpochMilli(),
            kept.times()));
  }

  /** Whether this machine reaches nobody, so that nothing is concluded of others. */
  boolean isFrozen() {
    return networkDown;
  }

  /** The targets that have served somebody, the latest first. */
  List<Served> served() {
    return recent.latest();
  }

  /** A tunnel, a probe or a client's word ended so. */
  List<Change> attempted(Attempt attempt) {
    ProxyHealth proxy = proxies.get(attempt.proxy());
    if (proxy == null) return List.of();
    long now = attempt.at().toEpochMilli();
    matrix.add(attempt);
    targets.put(attempt.origin(), attempt.target());
    var changes = new ArrayList<Change>();
    if (attempt.signal() == Signal.OK) {
      recent.add(attempt);
      networkWorks(now, changes);
      succeeded(proxy, attempt, now, changes);
    } else if (attempt.signal().isFailure()) failed(proxy, attempt, now, changes);
    settleOpen(now, changes);
    return changes;
  }

  private void succeeded(ProxyHealth proxy, Attempt attempt, long now, List<Change> changes) {
    open.remove(new Pair(attempt.proxy(), attempt.origin()));
    OriginHealth origin = origins.get(attempt.origin());
    if (origin != null && origin.close(now))
      changes.add(origin("origin.up", Change.Severity.INFO, attempt, origin, 1));
    if (proxy.succeeded(now))
      changes.add(
          proxy("proxy.up", Change.Severity.INFO, proxy, Optional.of(attempt), 1, "restored"));
  }

  private void failed(ProxyHealth proxy, Attempt attempt, long now, List<Change> changes) {
    boolean repeated = proxy.repeats(attempt.signal());
    boolean suspect = proxy.failed(attempt.signal(), now);
    if (Diagnosis.isSettledBy(attempt.signal(), repeated)) {
      act(
          Diagnosis.decide(withRepeat(Sights.of(attempt.signal()), repeated)),
          attempt,
          now,
          changes);
      return;
    }
    if (suspect)
      changes.add(
          proxy(
              "proxy.suspect",
              Change.Severity.WARNING,
              proxy,
              Optional.of(attempt),
              0,
              "half share"));
    Pair pair = new Pair(attempt.proxy(), attempt.origin());
    if (isFrozen() || isDown(attempt.origin())) return;
    open.putIfAbsent(pair, attempt);
  }

  private static Sights withRepeat(Sights s, boolean repeated) {
    return new Sights(
        s.signal(),
        repeated,
        s.proxyElsewhere(),
        s.others(),
        s.othersFailing(),
        s.providersFailing(),
        s.peers(),
        s.otherProviders(),
        s.direct(),
        s.directControls());
  }

  private boolean isDown(String origin) {
    OriginHealth health = origins.get(origin);
    return health != null && health.isDown();
  }

  /** Looks whether what has come since settles an open question. */
  private void settleOpen(long now, List<Change> changes) {
    for (var entry : List.copyOf(open.entrySet())) {
      Attempt failure = entry.getValue();
      Diagnosis diagnosis = Diagnosis.decide(matrix.around(failure, false));
      if (diagnosis.verdict() == Verdict.UNKNOWN) continue;
      open.remove(entry.getKey());
      act(diagnosis, failure, now, changes);
    }
  }

  /** What the prober saw around a failure, beside what the outcomes say. */
  List<Change> diagnosed(Attempt failure, Sights probed, long now) {
    Pair pair = new Pair(failure.proxy(), failure.origin());
    running.remove(new Job.Diagnose(failure));
    open.remove(pair);
    Sights passive = matrix.around(failure, false);
    var sights =
        new Sights(
            failure.signal(),
            false,
            prefer(probed.proxyElsewhere(), passive.proxyElsewhere()),
            prefer(probed.others(), passive.others()),
            Math.max(probed.othersFailing(), passive.othersFailing()),
            Math.max(probed.providersFailing(), passive.providersFailing()),
            prefer(probed.peers(), passive.peers()),
            prefer(probed.otherProviders(), passive.otherProviders()),
            probed.direct(),
            probed.directControls());
    var changes = new ArrayList<Change>();
    act(Diagnosis.decide(sights), failure, now, changes);
    return changes;
  }

  /** What the prober saw around a failure: of proxies, and of this machine by itself. */
  List<Change> diagnosed(
      Attempt failure, List<Attempt> seen, Seen direct, Seen directControls, long now) {
    var changes = new ArrayList<Change>();
    boolean isOver = false;
    for (Attempt attempt : seen) {
      boolean itself =
          attempt.proxy().equals(failure.proxy()) && attempt.origin().equals(failure.origin());
      isOver |= itself && attempt.signal() == Signal.OK;
      if (attempt.signal().isCertain() && attempt.signal().blame() == Signal.Blame.PROXY)
        changes.addAll(attempted(attempt));
      else matrix.add(attempt);
    }
    Sights nothing = Sights.of(failure.signal());
    if (isOver) {
      running.remove(new Job.Diagnose(failure));
      Pair pair = new Pair(failure.proxy(), failure.origin());
      open.remove(pair);
      asked.put(pair, now);
    } else
      changes.addAll(
          diagnosed(
              failure,
              new Sights(
                  failure.signal(),
                  false,
                  nothing.proxyElsewhere(),
                  nothing.others(),
                  0,
                  0,
                  nothing.peers(),
                  nothing.otherProviders(),
                  direct,
                  directControls),
              now));
    return changes;
  }

  /** A job came to nothing: it may be asked again. */
  void unanswered(Job job) {
    running.remove(job);
  }

  /** Whether this machine reaches anybody again. */
  List<Change> probed(Job.ProbeNetwork job, boolean reached, long now) {
    running.remove(job);
    var changes = new ArrayList<Change>();
    networkProbeAt = now + NETWORK_MILLIS;
    if (reached) networkWorks(now, changes);
    return changes;
  }

  private void networkWorks(long now, List<Change> changes) {
    if (!networkDown) return;
    networkDown = false;
    changes.add(network("network.up", Change.Severity.INFO, Optional.empty(), now));
  }

  private static Seen prefer(Seen probed, Seen passive) {
    return probed == Seen.UNKNOWN ? passive : probed;
  }

  private void act(Diagnosis diagnosis, Attempt failure, long now, List<Change> changes) {
    ProxyHealth proxy = proxies.get(failure.proxy());
    if (proxy == null) return;
    switch (diagnosis.verdict()) {
      case PROXY_DOWN, PROXY_AUTH -> ejectProxy(proxy, diagnosis, failure, now, changes);
      case PROXY_QUOTA -> {
        if (proxy.pause(failure.retryAfter().map(Instant::toEpochMilli).orElse(now + 60_000), now))
          changes.add(
              proxy(
                  "proxy.quota",
                  Change.Severity.WARNING,
                  proxy,
                  Optional.of(failure),
                  1,
                  "paused"));
      }
      case PROVIDER_DOWN -> ejectProvider(proxy, diagnosis, failure, now, changes);
      case PAIR_REFUSED, BANNED, RATE_LIMITED, POLICY, PROXY_DNS, PROXY_TLS_INTERFERENCE ->
          blockPair(diagnosis, failure, now, changes);
      case POOL_REFUSED -> {
        settings.groups().getOrDefault(failure.group(), noGroup()).proxies().stream()
            .filter(proxies::containsKey)
            .map(id -> at(failure, id))
            .forEach(one -> blockPair(diagnosis, one, now, changes));
      }
      case ORIGIN_DOWN -> {
        OriginHealth origin = origins.computeIfAbsent(failure.origin(), _ -> new OriginHealth());
        open.keySet().removeIf(pair -> pair.origin().equals(failure.origin()));
        if (origin.open(now))
          changes.add(
              origin(
                  "origin.down", Change.Severity.ERROR, failure, origin, diagnosis.confidence()));
      }
      case LOCAL_NETWORK -> {
        boolean news = !networkDown;
        networkDown = true;
        networkProbeAt = now + NETWORK_MILLIS;
        open.clear();
        if (news)
          changes.add(network("network.down", Change.Severity.ERROR, Optional.of(failure), now));
      }
      case UNKNOWN -> asked.put(new Pair(failure.proxy(), failure.origin()), now);
    }
  }

  private static Settings.Group noGroup() {
    return new Settings.Group(
        "",
        List.of(),
        Set.of(),
        io.tradeflood.proxyter.config.LimitSet.NONE,
        io.tradeflood.proxyter.config.LimitSet.NONE);
  }

  private static Attempt at(Attempt a, String proxy) {
    return new Attempt(
        a.at(),
        proxy,
        a.origin(),
        a.target(),
        a.group(),
        a.type(),
        a.signal(),
        a.phase(),
        a.millis(),
        a.retryAfter(),
        0);
  }

  private void ejectProxy(
      ProxyHealth proxy, Diagnosis diagnosis, Attempt failure, long now, List<Change> changes) {
    boolean certain = failure.signal().isCertain() || failure.signal() == Signal.PROXY_TIMEOUT;
    if (isFrozen() || !certain && wouldPanic(proxy)) return;
    open.keySet().removeIf(pair -> pair.proxy().equals(proxy.id()));
    if (proxy.eject(diagnosis.verdict(), certain, now + backOff(proxy.backOff()), now))
      changes.add(
          proxy(
              diagnosis.verdict() == Verdict.PROXY_AUTH ? "proxy.auth_failed" : "proxy.down",
              Change.Severity.ERROR,
              proxy,
              Optional.of(failure),
              diagnosis.confidence(),
              "ejected"));
  }

  private void ejectProvider(
      ProxyHealth proxy, Diagnosis diagnosis, Attempt failure, long now, List<Change> changes) {
    Optional<String> provider = provider(proxy.id());
    boolean news = false;
    for (ProxyHealth peer : proxies.values())
      if (provider.isPresent() && provider(peer.id()).equals(provider))
        news |= peer.eject(Verdict.PROVIDER_DOWN, false, now + backOff(peer.backOff()), now);
    if (news)
      changes.add(
          new Change(
              "provider.down",
              Change.Severity.ERROR,
              Optional.empty(),
              Optional.empty(),
              provider,
              Optional.of(failure.group()),
              Optional.of(failure.type()),
              Optional.of(Verdict.PROVIDER_DOWN),
              diagnosis.confidence(),
              Instant.ofEpochMilli(now),
              Optional.empty(),
              List.of(failure),
              "ejected"));
  }

  private Optional<String> provider(String proxy) {
    return Optional.ofNullable(settings.proxies().get(proxy)).flatMap(Settings.Proxy::provider);
  }

  /** Uncertain verdicts never take out more than a part of any of the proxy's groups. */
  private boolean wouldPanic(ProxyHealth proxy) {
    Predicate<String> uncertainlyOut =
        id -> {
          ProxyHealth other = proxies.get(id);
          return other != null && !other.state().isServing() && !other.isCertain();
        };
    for (Settings.Group group : settings.groups().values()) {
      if (!group.proxies().contains(proxy.id())) continue;
      long out = group.proxies().stream().filter(uncertainlyOut).count();
      if (out + 1 > group.proxies().size() * settings.health().panicShare()) return true;
    }
    return false;
  }

  private void blockPair(Diagnosis diagnosis, Attempt failure, long now, List<Change> changes) {
    Pair key = new Pair(failure.proxy(), failure.origin());
    PairHealth pair = pairs.computeIfAbsent(key, _ -> new PairHealth());
    pairTypes.put(key, failure.type());
    long named = failure.retryAfter().map(Instant::toEpochMilli).orElse(0L);
    if (pair.block(diagnosis.verdict(), named, now))
      changes.add(
          pair(
              switch (pair.state()) {
                case PAUSED -> "pair.rate_limited";
                case BANNED -> "pair.banned";
                case REFUSED, OK -> "pair.refused";
              },
              Change.Severity.WARNING,
              failure,
              pair,
              diagnosis.confidence(),
              "blocked"));
  }

  /** Full jitter over a growing time. */
  private long backOff(int step) {
    long first = settings.health().backOffFirst().toMillis();
    long most = settings.health().backOffMost().toMillis();
    long ceiling = Math.min(most, first << Math.min(step, 20));
    return Math.max(1, Math.round(ceiling * (0.5 + 0.5 * random.nextDouble())));
  }

  /** A proxy that was taken out was probed. */
  List<Change> probed(Job.ProbeProxy job, boolean reached, long now) {
    running.remove(job);
    ProxyHealth proxy = proxies.get(job.proxy());
    if (proxy == null) return List.of();
    boolean changed =
        reached
            ? proxy.probeSucceeded(settings.health().slowStart().toMillis(), now)
            : proxy.probeFailed(now + backOff(proxy.backOff()), now);
    if (!changed || proxy.state() != State.PROBATION) return List.of();
    return List.of(
        proxy("proxy.probation", Change.Severity.INFO, proxy, Optional.empty(), 1, "slow start"));
  }

  /** A pair whose block had run out was probed. */
  List<Change> probed(Job.ProbePair job, Optional<Attempt> failure, long now) {
    running.remove(job);
    Pair key = new Pair(job.proxy(), job.origin());
    PairHealth pair = pairs.get(key);
    if (pair == null) return List.of();
    var changes = new ArrayList<Change>();
    if (failure.isPresent()) {
      // Looked at before it was forgiven: the next block is twice as long.
      Verdict verdict =
          failure.get().signal() == Signal.HTTP_429 ? Verdict.RATE_LIMITED : pair.verdict();
      blockPair(new Diagnosis(verdict, 1), failure.get(), now, changes);
    } else if (pair.open(now)) changes.add(restored(key, pair, now));
    return changes;
  }

  /** A target that was down was probed. */
  List<Change> probed(Job.ProbeOrigin job, boolean served, long now) {
    running.remove(job);
    OriginHealth origin = origins.get(job.origin());
    if (origin == null || !served || !origin.close(now)) return List.of();
    return List.of(
        new Change(
            "origin.up",
            Change.Severity.INFO,
            Optional.empty(),
            Optional.of(job.origin()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            Instant.ofEpochMilli(now),
            Optional.empty(),
            List.of(),
            "restored"));
  }

  /** An operator says that a proxy is well. */
  List<Change> forgive(String id, long now) {
    ProxyHealth proxy = proxies.get(id);
    pairs.keySet().removeIf(pair -> pair.proxy().equals(id));
    if (proxy == null || !proxy.forgive(settings.health().slowStart().toMillis(), now))
      return List.of();
    return List.of(
        proxy("proxy.probation", Change.Severity.INFO, proxy, Optional.empty(), 1, "slow start"));
  }

  /** Time passed. */
  List<Change> tick(long now) {
    var changes = new ArrayList<Change>();
    settleOpen(now, changes);
    forgetEnded(now);
    for (ProxyHealth proxy : proxies.values())
      if (proxy.tick(now))
        changes.add(
            proxy(
                proxy.state() == State.UP ? "proxy.up" : "proxy.probation",
                Change.Severity.INFO,
                proxy,
                Optional.empty(),
                1,
                "restored"));
    for (var entry : List.copyOf(pairs.entrySet())) {
      PairHealth pair = entry.getValue();
      if (pair.isDue(now) && probeOf(entry.getKey()).isEmpty() && pair.open(now))
        changes.add(restored(entry.getKey(), pair, now));
    }
    asked.values().removeIf(at -> now - at > VALID_MILLIS);
    return changes;
  }

  private Optional<Settings.Probe> probeOf(Pair key) {
    String type = pairTypes.getOrDefault(key, "*");
    return settings.route(type).flatMap(Settings.Route::probe);
  }

  /** What should be found out now; each is handed out once until it is answered. */
  List<Job> jobs(long now) {
    var jobs = new ArrayList<Job>();
    if (networkDown) {
      if (now >= networkProbeAt) add(new Job.ProbeNetwork(), jobs);
      return jobs;
    }
    for (ProxyHealth proxy : proxies.values())
      if (proxy.isProbeDue(now)) add(new Job.ProbeProxy(proxy.id()), jobs);
    for (var entry : origins.entrySet())
      if (entry.getValue().isProbeDue(now)
          && add(
              new Job.ProbeOrigin(entry.getKey(), targets.getOrDefault(entry.getKey(), "")), jobs))
        entry.getValue().probing(now);
    for (var entry : pairs.entrySet())
      if (entry.getValue().isDue(now) && probeOf(entry.getKey()).isPresent())
        add(
            new Job.ProbePair(
                entry.getKey().proxy(),
                entry.getKey().origin(),
                pairTypes.getOrDefault(entry.getKey(), "*")),
            jobs);
    diagnoses(now, jobs);
    return jobs;
  }

  /** One at a time for each proxy and each target, and not the same again within ten seconds. */
  private void diagnoses(long now, List<Job> jobs) {
    var busyProxies = new HashSet<String>();
    var busyOrigins = new HashSet<String>();
    for (Job job : running)
      if (job instanceof Job.Diagnose(Attempt failure)) {
        busyProxies.add(failure.proxy());
        busyOrigins.add(failure.origin());
      }
    for (var entry : List.copyOf(open.entrySet())) {
      Attempt failure = entry.getValue();
      if (now - failure.at().toEpochMilli() < PATIENCE_MILLIS) continue;
      if (asked.containsKey(entry.getKey())) open.remove(entry.getKey());
      else if (busyProxies.add(failure.proxy()) & busyOrigins.add(failure.origin()))
        add(new Job.Diagnose(failure), jobs);
    }
  }

  private boolean add(Job job, List<Job> jobs) {
    return running.add(job) && jobs.add(job);
  }

  private Change restored(Pair key, PairHealth pair, long now) {
    return new Change(
        "pair.restored",
        Change.Severity.INFO,
        Optional.of(key.proxy()),
        Optional.of(key.origin()),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(pairTypes.get(key)),
        Optional.empty(),
        1,
        Instant.ofEpochMilli(now),
        Optional.empty(),
        List.of(),
        "restored after " + pair.times());
  }

  private Change proxy(
      String type,
      Change.Severity severity,
      ProxyHealth proxy,
      Optional<Attempt> evidence,
      double confidence,
      String action) {
    return new Change(
        type,
        severity,
        Optional.of(proxy.id()),
        evidence.map(Attempt::origin),
        provider(proxy.id()),
        evidence.map(Attempt::group),
        evidence.map(Attempt::type),
        proxy.verdict(),
        confidence,
        Instant.ofEpochMilli(proxy.since()),
        proxy.until() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(proxy.until())),
        evidence.map(List::of).orElse(List.of()),
        action);
  }

  private Change pair(
      String type,
      Change.Severity severity,
      Attempt failure,
      PairHealth pair,
      double confidence,
      String action) {
    return new Change(
        type,
        severity,
        Optional.of(failure.proxy()),
        Optional.of(failure.origin()),
        provider(failure.proxy()),
        Optional.of(failure.group()),
        Optional.of(failure.type()),
        Optional.of(pair.verdict()),
        confidence,
        Instant.ofEpochMilli(pair.since()),
        Optional.of(Instant.ofEpochMilli(pair.until())),
        List.of(failure),
        action);
  }

  private static Change origin(
      String type,
      Change.Severity severity,
      Attempt attempt,
      OriginHealth origin,
      double confidence) {
    return new Change(
        type,
        severity,
        Optional.empty(),
        Optional.of(attempt.origin()),
        Optional.empty(),
        Optional.of(attempt.group()),
        Optional.of(attempt.type()),
        origin.isDown() ? Optional.of(Verdict.ORIGIN_DOWN) : Optional.empty(),
        confidence,
        Instant.ofEpochMilli(origin.since()),
        Optional.empty(),
        List.of(attempt),
        origin.isDown() ? "breaker open" : "restored");
  }

  private Change network(
      String type, Change.Severity severity, Optional<Attempt> attempt, long now) {
    return new Change(
        type,
        severity,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        networkDown ? Optional.of(Verdict.LOCAL_NETWORK) : Optional.empty(),
        networkDown ? 0.95 : 1,
        Instant.ofEpochMilli(now),
        Optional.empty(),
        attempt.stream().toList(),
        networkDown ? "verdicts frozen" : "restored");
  }
}
