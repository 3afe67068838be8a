package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.config.Origins;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.UpstreamUrl;
import io.tradeflood.proxyter.health.Diagnosis.Seen;
import io.tradeflood.proxyter.health.Diagnosis.Sights;
import io.tradeflood.proxyter.health.ProxyHealth.State;
import io.tradeflood.proxyter.health.Questions.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * All that is concluded of proxies and targets: takes outcomes, gives changes and jobs. It has no
 * thread, no clock and no network of its own, so every story can be told to it in a test; the
 * watcher is its only user.
 */
final class HealthBook {
  /** While this machine reaches nobody, that is looked at so often. */
  private static final long NETWORK_MILLIS = 2_000;

  /** When the probe of a ban did not come as far as the target, it is tried again after so long. */
  private static final long POSTPONED_MILLIS = 30_000;

  private static final long QUOTA_MILLIS = 60_000;

  /** So much is compared for each outcome; what is more waits for the next look. */
  private static final int MOST_COMPARISONS = 10_000;

  private static final int MOST_ORIGINS = 10_000;

  /** A proxy at a target. */
  record Pair(String proxy, String origin) {}

  private final RandomGenerator random;
  private final Map<String, ProxyHealth> proxies = new HashMap<>();
  private final Map<String, OriginHealth> origins = new HashMap<>();
  private final Blocks blocks = new Blocks();
  private final Questions questions = new Questions();
  private final Recent recent = new Recent();
  private final Changes changed = new Changes(this::provider);
  private final Set<String> providersDown = new HashSet<>();
  private final Set<Job> running = new HashSet<>();
  private final Matrix matrix;
  private Settings settings;
  private Origins names;
  private boolean networkDown;
  private long networkProbeAt;

  HealthBook(Settings settings, RandomGenerator random, long now) {
    this.settings = settings;
    this.names = new Origins(settings.origins());
    this.random = random;
    this.matrix = new Matrix(settings.health().window().toMillis(), this::provider, this::isDirect);
    for (String id : settings.proxies().keySet()) proxies.put(id, new ProxyHealth(id, now));
  }

  private Optional<String> provider(String proxy) {
    return Optional.ofNullable(settings.proxies().get(proxy)).flatMap(Settings.Proxy::provider);
  }

  private boolean isDirect(String proxy) {
    Settings.Proxy known = settings.proxies().get(proxy);
    return known != null && known.url().scheme() == UpstreamUrl.Scheme.DIRECT;
  }

  /**
   * A changed configuration: proxies that stay keep their state, unless we go there as somebody
   * else or elsewhere. A block of a proxy that is gone is remembered to its end: it may come back.
   */
  List<Change> use(Settings next, long now) {
    var changes = new ArrayList<Change>();
    for (ProxyHealth proxy : proxies.values()) {
      Settings.Proxy old = settings.proxies().get(proxy.id());
      Settings.Proxy fresh = next.proxies().get(proxy.id());
      if (old != null
          && fresh != null
          && !old.url().equals(fresh.url())
          && proxy.forgive(next.health().slowStart().toMillis(), now))
        changes.add(changed.back(proxy, "its URL changed"));
    }
    settings = next;
    names = new Origins(next.origins());
    proxies.keySet().retainAll(next.proxies().keySet());
    blocks.forgetEnded(proxies.keySet(), now);
    for (String id : next.proxies().keySet())
      proxies.computeIfAbsent(id, key -> new ProxyHealth(key, now));
    afterwards(changes, now);
    return changes;
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
    kept.pairs().forEach(blocks::restore);
    blocks.forgetEnded(proxies.keySet(), now);
  }

  /** A block that was kept over a restart. */
  void restore(HealthSnapshot.PairState kept) {
    blocks.restore(kept);
  }

  Map<String, ProxyHealth> proxies() {
    return proxies;
  }

  Map<Pair, PairHealth> pairs() {
    return blocks.all();
  }

  Map<String, OriginHealth> origins() {
    return origins;
  }

  /** Every pair that is blocked. */
  List<HealthSnapshot.PairState> pairStates() {
    return blocks.states();
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
    var changes = new ArrayList<Change>();
    if (attempt.signal() == Signal.OK) succeeded(proxy, attempt, now, changes);
    else if (attempt.signal().isFailure()) failed(proxy, attempt, now, changes);
    if (questions.open().size() * matrix.size() <= MOST_COMPARISONS) settleOpen(now, changes);
    afterwards(changes, now);
    return changes;
  }

  private void succeeded(ProxyHealth proxy, Attempt attempt, long now, List<Change> changes) {
    recent.add(attempt);
    networkWorks(now, changes);
    questions.close(new Pair(attempt.proxy(), attempt.origin()));
    OriginHealth origin = origins.get(attempt.origin());
    if (origin != null && origin.close(now))
      changes.add(changed.origin(attempt.origin(), origin, Optional.of(attempt), 1));
    if (proxy.succeeded(now)) changes.add(changed.served(proxy, attempt));
  }

  private void failed(ProxyHealth proxy, Attempt attempt, long now, List<Change> changes) {
    Signal signal = attempt.signal();
    if (signal == Signal.HTTP_5XX) {
      // The way works: only whether all hear the same from the target is of interest.
      Diagnosis diagnosis = Diagnosis.decide(matrix.around(attempt, false));
      if (diagnosis.verdict() == Verdict.ORIGIN_DOWN) act(diagnosis, attempt, now, changes);
      return;
    }
    boolean repeated = proxy.repeats(signal);
    proxy.failed(signal);
    if (isBeyondDoubt(attempt, repeated)) {
      act(Diagnosis.decide(Sights.of(signal, repeated)), attempt, now, changes);
      return;
    }
    if (networkDown) return;
    if (!isExplained(attempt, now) && proxy.doubt(doubted(attempt), now))
      changes.add(suspect(proxy, attempt));
    if (!isDown(attempt.origin())) questions.ask(attempt, repeated);
  }

  private Change suspect(ProxyHealth proxy, Attempt failure) {
    return changed.out("proxy.suspect", proxy, failure, 0, "half share");
  }

  /** The target at which a failure makes the proxy doubtful; none can excuse what is its own. */
  private static String doubted(Attempt failure) {
    return isItsOwn(failure) ? "" : failure.origin();
  }

  private static boolean isItsOwn(Attempt failure) {
    return failure.signal().blame() == Signal.Blame.PROXY;
  }

  /** Whether the target is known to be why. */
  private boolean isExplained(Attempt failure, long now) {
    var pair = new Pair(failure.proxy(), failure.origin());
    return !isItsOwn(failure) && (isDown(failure.origin()) || blocks.isBlocked(pair, now));
  }

  /** What looks the same when this machine reaches nobody is in doubt until somebody is served. */
  private boolean isBeyondDoubt(Attempt attempt, boolean repeated) {
    return Diagnosis.isSettledBy(attempt.signal(), repeated)
        && (!attempt.signal().mayBeUs()
            || matrix.isAnybodyServedSince(attempt.at().toEpochMilli() - attempt.millis()));
  }

  private boolean isDown(String origin) {
    OriginHealth health = origins.get(origin);
    return health != null && health.isDown();
  }

  /** Looks whether what has come since settles an open question. */
  private void settleOpen(long now, List<Change> changes) {
    for (Question question : questions.open()) {
      Attempt failure = question.failure();
      boolean waits =
          Diagnosis.isSettledBy(failure.signal(), question.repeated())
              && !isBeyondDoubt(failure, question.repeated());
      if (waits) continue;
      Diagnosis diagnosis = Diagnosis.decide(matrix.around(failure, question.repeated()));
      if (diagnosis.verdict() == Verdict.UNKNOWN || isPremature(diagnosis)) continue;
      questions.close(question.pair());
      act(diagnosis, failure, now, changes);
    }
  }

  /** A target is not said to be down while probes may still show that it serves somebody. */
  private boolean isPremature(Diagnosis diagnosis) {
    double enough = settings.health().directProbes() ? 0.9 : 0.8;
    return diagnosis.verdict() == Verdict.ORIGIN_DOWN && diagnosis.confidence() < enough;
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
      matrix.add(attempt);
    }
    if (directControls == Seen.WORKS) networkWorks(now, changes);
    if (isOver) {
      running.remove(new Job.Diagnose(failure));
      questions.leaveOpen(new Pair(failure.proxy(), failure.origin()), now);
      return changes;
    }
    changes.addAll(
        diagnosed(
            failure,
            new Sights(
                failure.signal(),
                false,
                Seen.UNKNOWN,
                Seen.UNKNOWN,
                0,
                0,
                Seen.UNKNOWN,
                Seen.UNKNOWN,
                direct,
                directControls),
            now));
    return changes;
  }

  /** What the prober saw around a failure, beside what the outcomes say. */
  List<Change> diagnosed(Attempt failure, Sights probed, long now) {
    Pair pair = new Pair(failure.proxy(), failure.origin());
    running.remove(new Job.Diagnose(failure));
    questions.close(pair);
    Sights passive = matrix.around(failure, false);
    var sights =
        new Sights(
            failure.signal(),
            false,
            prefer(probed.proxyElsewhere(), passive.proxyElsewhere()),
            prefer(probed.others(), passive.others()),
            Math.max(probed.othersFailing(), passive.othersFailing()),
            Math.max(probed.providersFailing(), passive.providersFailing()),
            Math.max(probed.othersTelling(), passive.othersTelling()),
            poolFails(failure, now),
            prefer(probed.peers(), passive.peers()),
            prefer(probed.otherProviders(), passive.otherProviders()),
            prefer(probed.direct(), passive.direct()),
            probed.directControls());
    var changes = new ArrayList<Change>();
    act(Diagnosis.decide(sights), failure, now, changes);
    afterwards(changes, now);
    return changes;
  }

  private static Seen prefer(Seen probed, Seen passive) {
    return probed == Seen.UNKNOWN ? passive : probed;
  }

  /** Whether all others that the group has fail at the target only, where they are but a few. */
  private boolean poolFails(Attempt failure, long now) {
    Settings.Group group = settings.groups().get(failure.group());
    if (group == null) return false;
    List<String> others =
        group.proxies().stream()
            .filter(id -> !id.equals(failure.proxy()) && !isDirect(id))
            .filter(id -> serves(id) && isEnabled(id))
            .filter(id -> !blocks.isBlocked(new Pair(id, failure.origin()), now))
            .toList();
    long providers =
        others.stream().map(id -> provider(id).orElse("alone:" + id)).distinct().count();
    return !others.isEmpty()
        && !Diagnosis.isEnough(others.size(), providers)
        && matrix.failingOnlyAt(failure).containsAll(others);
  }

  /** A job came to nothing: it may be asked for again. */
  void unanswered(Job job) {
    running.remove(job);
  }

  private void act(Diagnosis diagnosis, Attempt failure, long now, List<Change> changes) {
    ProxyHealth proxy = proxies.get(failure.proxy());
    if (proxy == null) return;
    switch (diagnosis.verdict()) {
      case PROXY_DOWN, PROXY_AUTH -> ejectProxy(proxy, diagnosis, failure, now, changes);
      case PROXY_QUOTA -> {
        long end = failure.retryAfter().map(Instant::toEpochMilli).orElse(now + QUOTA_MILLIS);
        if (proxy.pause(end, now))
          changes.add(changed.out("proxy.quota", proxy, failure, 1, "paused"));
      }
      case PROVIDER_DOWN -> ejectProvider(proxy, diagnosis, failure, now, changes);
      case PAIR_REFUSED, BANNED, RATE_LIMITED, POLICY, PROXY_DNS, PROXY_TLS_INTERFERENCE ->
          block(diagnosis, failure, now, changes);
      case POOL_REFUSED -> {
        Settings.Group group = settings.groups().get(failure.group());
        if (group == null) block(diagnosis, failure, now, changes);
        else
          for (String member : group.proxies())
            if (proxies.containsKey(member) && !isDirect(member))
              block(diagnosis, failure.of(member), now, changes);
        questions.closeOfOrigin(failure.origin());
      }
      case ORIGIN_DOWN -> {
        if (origins.size() >= MOST_ORIGINS) origins.values().removeIf(o -> !o.isDown());
        OriginHealth origin = origins.computeIfAbsent(failure.origin(), _ -> new OriginHealth());
        questions.closeOfOrigin(failure.origin());
        if (!origin.open(failure.target(), now)) return;
        changes.add(
            changed.origin(failure.origin(), origin, Optional.of(failure), diagnosis.confidence()));
        for (ProxyHealth each : proxies.values())
          if (each.acquit(failure.origin(), now))
            changes.add(changed.acquitted(each, failure, diagnosis));
      }
      case LOCAL_NETWORK -> {
        questions.closeAll();
        networkProbeAt = now + NETWORK_MILLIS;
        if (networkDown) return;
        networkDown = true;
        changes.add(Changes.network(true, Optional.of(failure), now));
        for (ProxyHealth each : proxies.values())
          if (each.acquit(now)) changes.add(changed.acquitted(each, failure, diagnosis));
      }
      case UNKNOWN -> {
        questions.leaveOpen(new Pair(failure.proxy(), failure.origin()), now);
        if (!networkDown && !isExplained(failure, now) && proxy.suspect(doubted(failure), now))
          changes.add(suspect(proxy, failure));
      }
    }
  }

  private void ejectProxy(
      ProxyHealth proxy, Diagnosis diagnosis, Attempt failure, long now, List<Change> changes) {
    boolean certain = diagnosis.confidence() == 1;
    if (networkDown || !certain && wouldPanic(proxy)) return;
    questions.closeOfProxy(proxy.id());
    if (proxy.eject(diagnosis.verdict(), certain, now + backOff(proxy.backOff()), now))
      changes.add(
          changed.out(
              diagnosis.verdict() == Verdict.PROXY_AUTH ? "proxy.auth_failed" : "proxy.down",
              proxy,
              failure,
              diagnosis.confidence(),
              "ejected"));
  }

  private void ejectProvider(
      ProxyHealth proxy, Diagnosis diagnosis, Attempt failure, long now, List<Change> changes) {
    Optional<String> provider = provider(proxy.id());
    if (networkDown || provider.isEmpty()) return;
    boolean news = false;
    for (ProxyHealth peer : proxies.values()) {
      if (!provider(peer.id()).equals(provider) || !peer.state().isServing() || wouldPanic(peer))
        continue;
      questions.closeOfProxy(peer.id());
      news |= peer.eject(Verdict.PROVIDER_DOWN, false, now + backOff(peer.backOff()), now);
    }
    if (news && providersDown.add(provider.get()))
      changes.add(changed.providerDown(provider.get(), failure, diagnosis.confidence(), now));
  }

  /** Uncertain verdicts never take out more than a part of any of the proxy's groups. */
  private boolean wouldPanic(ProxyHealth proxy) {
    for (Settings.Group group : settings.groups().values()) {
      if (!group.proxies().contains(proxy.id())) continue;
      long out = group.proxies().stream().filter(this::isOutInDoubt).count();
      if (out + 1 > group.proxies().size() * settings.health().panicShare()) return true;
    }
    return false;
  }

  private boolean isOutInDoubt(String id) {
    ProxyHealth proxy = proxies.get(id);
    return proxy != null && !proxy.state().isServing() && !proxy.isCertain();
  }

  private void block(Diagnosis diagnosis, Attempt failure, long now, List<Change> changes) {
    blocks
        .block(failure, diagnosis.verdict(), now)
        .ifPresent(pair -> changes.add(changed.blocked(failure, pair, diagnosis.confidence())));
    ProxyHealth proxy = proxies.get(failure.proxy());
    if (proxy != null && proxy.acquit(failure.origin(), now))
      changes.add(changed.acquitted(proxy, failure, diagnosis));
  }

  /** A growing time with jitter over its upper half: spread, yet never at once. */
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
    var changes = new ArrayList<Change>();
    if (reached) networkWorks(now, changes);
    boolean moved =
        reached
            ? proxy.probeSucceeded(settings.health().slowStart().toMillis(), now)
            : proxy.probeFailed(now + backOff(proxy.backOff()), now);
    if (moved && proxy.state() == State.PROBATION)
      changes.add(changed.back(proxy, "probes were served"));
    afterwards(changes, now);
    return changes;
  }

  /** A pair whose block had run out was probed. */
  List<Change> probed(Job.ProbePair job, Optional<Attempt> failure, long now) {
    running.remove(job);
    Pair key = new Pair(job.proxy(), job.origin());
    PairHealth pair = blocks.all().get(key);
    if (pair == null) return List.of();
    var changes = new ArrayList<Change>();
    if (failure.isEmpty()) {
      if (pair.open(now)) changes.add(changed.restored(key, pair, "a probe was served", now));
    } else if (!reachedTarget(failure.get().signal())) {
      pair.postpone(now + POSTPONED_MILLIS);
      changes.addAll(attempted(failure.get()));
    } else {
      // Looked at before it was forgiven: the next block is twice as long.
      Verdict verdict =
          failure.get().signal() == Signal.HTTP_429 ? Verdict.RATE_LIMITED : pair.verdict();
      block(new Diagnosis(verdict, 1), failure.get(), now, changes);
    }
    return changes;
  }

  /** Whether a failure shows what the target thinks of the proxy. */
  private static boolean reachedTarget(Signal signal) {
    return switch (signal) {
      case HTTP_429, HTTP_418, HTTP_403, HTTP_451, HTTP_5XX -> true;
      case TUNNEL_RESET, TUNNEL_ALERT, TUNNEL_MUTE, PROXY_POLICY -> true;
      case OK,
          LOCAL,
          PROXY_DNS,
          PROXY_REFUSED,
          PROXY_UNREACHABLE,
          PROXY_TIMEOUT,
          PROXY_TLS,
          PROXY_AUTH,
          PROXY_QUOTA,
          PROXY_PROTOCOL,
          ORIGIN_DNS,
          ORIGIN_REFUSED,
          ORIGIN_TIMEOUT,
          CONNECT_FAILED,
          CONNECT_CLOSED,
          CONNECT_SILENT,
          TUNNEL_CUT,
          CLIENT_LEFT ->
          false;
    };
  }

  /** A target that was down was probed. */
  List<Change> probed(Job.ProbeOrigin job, boolean served, long now) {
    running.remove(job);
    OriginHealth origin = origins.get(job.origin());
    if (origin == null || !served || !origin.close(now)) return List.of();
    return List.of(changed.origin(job.origin(), origin, Optional.empty(), 1));
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
    changes.add(Changes.network(false, Optional.empty(), now));
  }

  /** An operator says that a proxy is well. */
  List<Change> forgive(String id, long now) {
    ProxyHealth proxy = proxies.get(id);
    blocks.forgive(id);
    if (proxy == null || !proxy.forgive(settings.health().slowStart().toMillis(), now))
      return List.of();
    var changes = new ArrayList<Change>();
    changes.add(changed.back(proxy, "an operator says that it is well"));
    afterwards(changes, now);
    return changes;
  }

  /** Time passed. */
  List<Change> tick(long now) {
    var changes = new ArrayList<Change>();
    settleOpen(now, changes);
    blocks.forgetEnded(proxies.keySet(), now);
    for (ProxyHealth proxy : proxies.values())
      if (proxy.tick(now)) changes.add(changed.back(proxy, "its time is over"));
    for (var due : blocks.due(now))
      if (probeOf(due.getKey(), due.getValue()).isEmpty() && due.getValue().open(now))
        changes.add(changed.restored(due.getKey(), due.getValue(), "its time is over", now));
    afterwards(changes, now);
    return changes;
  }

  /** What follows from changes of proxies for their providers. */
  private void afterwards(List<Change> changes, long now) {
    if (!providersDown.isEmpty())
      for (ProxyHealth proxy : proxies.values()) {
        Optional<String> provider = provider(proxy.id());
        boolean isBack =
            proxy.state() == State.PROBATION || proxy.state() == State.UP && proxy.since() == now;
        if (isBack && provider.isPresent() && providersDown.remove(provider.get()))
          changes.add(changed.providerUp(provider.get(), proxy.id(), now));
      }
  }

  private boolean serves(String id) {
    ProxyHealth proxy = proxies.get(id);
    return proxy != null && proxy.state().isServing();
  }

  /** What may be asked of the pair's target; a request that goes elsewhere says nothing of it. */
  private Optional<Settings.Probe> probeOf(Pair key, PairHealth pair) {
    return settings
        .route(pair.type())
        .flatMap(Settings.Route::probe)
        .filter(probe -> names.of(probe.url().getHost()).equals(key.origin()));
  }

  /** What should be found out now; each is handed out once until it is answered. */
  List<Job> jobs(long now) {
    var jobs = new ArrayList<Job>();
    if (networkDown) {
      if (now >= networkProbeAt) add(new Job.ProbeNetwork(), jobs);
      return jobs;
    }
    for (ProxyHealth proxy : proxies.values())
      if (proxy.isProbeDue(now) && isEnabled(proxy.id())) add(new Job.ProbeProxy(proxy.id()), jobs);
    origins.forEach(
        (name, origin) -> {
          if (origin.isProbeDue(now) && add(new Job.ProbeOrigin(name, origin.target()), jobs))
            origin.probing(now);
        });
    for (var due : blocks.due(now)) {
      Pair pair = due.getKey();
      if (serves(pair.proxy())
          && isEnabled(pair.proxy())
          && !isDown(pair.origin())
          && probeOf(pair, due.getValue()).isPresent())
        add(new Job.ProbePair(pair.proxy(), pair.origin(), due.getValue().type()), jobs);
    }
    for (Job.Diagnose diagnose : questions.due(running, now)) add(diagnose, jobs);
    return jobs;
  }

  private boolean isEnabled(String id) {
    Settings.Proxy proxy = settings.proxies().get(id);
    return proxy != null && proxy.enabled();
  }

  private boolean add(Job job, List<Job> jobs) {
    return running.add(job) && jobs.add(job);
  }
}
