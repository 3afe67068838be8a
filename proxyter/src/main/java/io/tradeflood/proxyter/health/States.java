package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.UpstreamUrl;
import io.tradeflood.proxyter.health.HealthBook.Pair;
import io.tradeflood.proxyter.health.ProxyHealth.State;
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
 * The states of proxies, of proxies at targets, of targets and of this machine, and what follows
 * for them from a verdict. What changed is kept until it is told. Owned by the watcher's thread.
 */
final class States {
  /** While this machine reaches nobody, that is looked at so often. */
  private static final long NETWORK_MILLIS = 2_000;

  private static final long QUOTA_MILLIS = 60_000;
  private static final int MOST_ORIGINS = 10_000;

  private final RandomGenerator random;
  private final Questions questions;
  private final Map<String, ProxyHealth> proxies = new HashMap<>();
  private final Map<String, OriginHealth> origins = new HashMap<>();
  private final Blocks blocks = new Blocks();
  private final Set<String> providersDown = new HashSet<>();
  private final Changes changed = new Changes(this::provider);
  private final List<Change> untold = new ArrayList<>();
  private Settings settings;
  private boolean networkDown;
  private long networkProbeAt;

  /**
   * @param questions those that a verdict answers are closed
   */
  States(Settings settings, RandomGenerator random, Questions questions, long now) {
    this.settings = settings;
    this.random = random;
    this.questions = questions;
    for (String id : settings.proxies().keySet()) proxies.put(id, new ProxyHealth(id, now));
  }

  Map<String, ProxyHealth> proxies() {
    return proxies;
  }

  Blocks blocks() {
    return blocks;
  }

  Map<String, OriginHealth> origins() {
    return origins;
  }

  /** Whether this machine reaches nobody, so that nothing is concluded of others. */
  boolean isFrozen() {
    return networkDown;
  }

  Optional<String> provider(String proxy) {
    return Optional.ofNullable(settings.proxies().get(proxy)).flatMap(Settings.Proxy::provider);
  }

  boolean isDirect(String proxy) {
    Settings.Proxy known = settings.proxies().get(proxy);
    return known != null && known.url().scheme() == UpstreamUrl.Scheme.DIRECT;
  }

  boolean isEnabled(String id) {
    Settings.Proxy proxy = settings.proxies().get(id);
    return proxy != null && proxy.enabled();
  }

  boolean serves(String id) {
    ProxyHealth proxy = proxies.get(id);
    return proxy != null && proxy.state().isServing();
  }

  boolean isDown(String origin) {
    OriginHealth health = origins.get(origin);
    return health != null && health.isDown();
  }

  /** What changed since this was asked last. */
  List<Change> told(long now) {
    bringProvidersBack(now);
    List<Change> changes = List.copyOf(untold);
    untold.clear();
    return changes;
  }

  private void bringProvidersBack(long now) {
    if (providersDown.isEmpty()) return;
    for (ProxyHealth proxy : proxies.values()) {
      Optional<String> provider = provider(proxy.id());
      boolean isBack =
          proxy.state() == State.PROBATION || proxy.state() == State.UP && proxy.since() == now;
      if (isBack && provider.isPresent() && providersDown.remove(provider.get()))
        untold.add(changed.providerUp(provider.get(), proxy.id(), now));
    }
  }

  /**
   * A changed configuration: proxies that stay keep their state, unless we go there as somebody
   * else or elsewhere. A block of a proxy that is gone is remembered to its end: it may come back.
   */
  void use(Settings next, long now) {
    for (ProxyHealth proxy : proxies.values()) {
      Settings.Proxy old = settings.proxies().get(proxy.id());
      Settings.Proxy fresh = next.proxies().get(proxy.id());
      if (old != null
          && fresh != null
          && !old.url().equals(fresh.url())
          && proxy.forgive(next.health().slowStart().toMillis(), now))
        untold.add(changed.back(proxy, "its URL changed"));
    }
    settings = next;
    proxies.keySet().retainAll(next.proxies().keySet());
    blocks.forgetEnded(proxies.keySet(), now);
    for (String id : next.proxies().keySet())
      proxies.computeIfAbsent(id, key -> new ProxyHealth(key, now));
  }

  /** What is kept over a restart. */
  HealthMemory memory() {
    var kept = new ArrayList<HealthMemory.ProxyMemory>();
    for (ProxyHealth proxy : proxies.values()) proxy.memory(mark(proxy.id())).ifPresent(kept::add);
    return new HealthMemory(kept, blocks.states());
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

  /** An operator says that a proxy is well. */
  void forgive(String id, long now) {
    ProxyHealth proxy = proxies.get(id);
    blocks.forgive(id);
    if (proxy != null && proxy.forgive(settings.health().slowStart().toMillis(), now))
      untold.add(changed.back(proxy, "an operator says that it is well"));
  }

  /** Time passed. */
  void tick(long now) {
    blocks.forgetEnded(proxies.keySet(), now);
    for (ProxyHealth proxy : proxies.values())
      if (proxy.tick(now)) untold.add(changed.back(proxy, "its time is over"));
  }

  /** A proxy served a target. */
  void served(ProxyHealth proxy, Attempt success, long now) {
    networkWorks(now);
    reopen(success.origin(), Optional.of(success), now);
    if (proxy.succeeded(now)) untold.add(changed.served(proxy, success));
  }

  /** A target serves somebody. */
  void reopen(String name, Optional<Attempt> success, long now) {
    OriginHealth origin = origins.get(name);
    if (origin != null && origin.close(now)) untold.add(changed.origin(name, origin, success, 1));
  }

  /** A proxy failed, and it is not known whose fault that is. */
  void doubt(ProxyHealth proxy, Attempt failure, long now) {
    if (!isExplained(failure, now) && proxy.doubt(doubted(failure), now)) suspect(proxy, failure);
  }

  private void suspect(ProxyHealth proxy, Attempt failure) {
    untold.add(changed.out("proxy.suspect", proxy, failure, 0, "half share"));
  }

  /** The target at which a failure makes the proxy doubtful; none can excuse what is its own. */
  private static String doubted(Attempt failure) {
    return isItsOwn(failure) ? "" : failure.origin();
  }

  private static boolean isItsOwn(Attempt failure) {
    return failure.signal().blame() == Signal.Blame.PROXY;
  }

  /** Whether the target, or this machine, is known to be why. */
  private boolean isExplained(Attempt failure, long now) {
    var pair = new Pair(failure.proxy(), failure.origin());
    return networkDown
        || !isItsOwn(failure) && (isDown(failure.origin()) || blocks.isBlocked(pair, now));
  }

  /** This machine reaches somebody. */
  void networkWorks(long now) {
    if (!networkDown) return;
    networkDown = false;
    untold.add(Changes.network(false, Optional.empty(), now));
  }

  boolean isNetworkProbeDue(long now) {
    return networkDown && now >= networkProbeAt;
  }

  void networkProbed(boolean reached, long now) {
    networkProbeAt = now + NETWORK_MILLIS;
    if (reached) networkWorks(now);
  }

  /** A proxy that was taken out was probed. */
  void proxyProbed(String id, boolean reached, long now) {
    ProxyHealth proxy = proxies.get(id);
    if (proxy == null) return;
    if (reached) networkWorks(now);
    boolean moved =
        reached
            ? proxy.probeSucceeded(settings.health().slowStart().toMillis(), now)
            : proxy.probeFailed(now + backOff(proxy.backOff()), now);
    if (moved && proxy.state() == State.PROBATION)
      untold.add(changed.back(proxy, "probes were served"));
  }

  /** A pair is well again. */
  void unblock(Pair key, PairHealth pair, String why, long now) {
    if (pair.open(now)) untold.add(changed.restored(key, pair, why, now));
  }

  /** What follows from a verdict. */
  void act(Diagnosis diagnosis, Attempt failure, long now) {
    ProxyHealth proxy = proxies.get(failure.proxy());
    if (proxy == null) return;
    switch (diagnosis.verdict()) {
      case PROXY_DOWN, PROXY_AUTH -> ejectProxy(proxy, diagnosis, failure, now);
      case PROXY_QUOTA -> {
        long end = failure.retryAfter().map(Instant::toEpochMilli).orElse(now + QUOTA_MILLIS);
        if (proxy.pause(end, now))
          untold.add(changed.out("proxy.quota", proxy, failure, 1, "paused"));
      }
      case PROVIDER_DOWN -> ejectProvider(proxy, diagnosis, failure, now);
      case PAIR_REFUSED, BANNED, RATE_LIMITED, POLICY, PROXY_DNS, PROXY_TLS_INTERFERENCE ->
          block(diagnosis, failure, now);
      case POOL_REFUSED -> {
        Settings.Group group = settings.groups().get(failure.group());
        if (group == null) block(diagnosis, failure, now);
        else
          for (String member : group.proxies())
            if (proxies.containsKey(member) && !isDirect(member))
              block(diagnosis, failure.of(member), now);
        questions.closeOfOrigin(failure.origin());
      }
      case ORIGIN_DOWN -> {
        questions.closeOfOrigin(failure.origin());
        open(diagnosis, failure, now);
      }
      case LOCAL_NETWORK -> {
        questions.closeAll();
        freeze(diagnosis, failure, now);
      }
      case UNKNOWN -> {
        questions.leaveOpen(new Pair(failure.proxy(), failure.origin()), now);
        if (!isExplained(failure, now) && proxy.suspect(doubted(failure), now))
          suspect(proxy, failure);
      }
    }
  }

  private void open(Diagnosis diagnosis, Attempt failure, long now) {
    if (origins.size() >= MOST_ORIGINS) origins.values().removeIf(o -> !o.isDown());
    OriginHealth origin = origins.computeIfAbsent(failure.origin(), _ -> new OriginHealth());
    if (!origin.open(failure.target(), now)) return;
    untold.add(
        changed.origin(failure.origin(), origin, Optional.of(failure), diagnosis.confidence()));
    for (ProxyHealth proxy : proxies.values())
      if (proxy.acquit(failure.origin(), now))
        untold.add(changed.acquitted(proxy, failure, diagnosis));
  }

  private void freeze(Diagnosis diagnosis, Attempt failure, long now) {
    networkProbeAt = now + NETWORK_MILLIS;
    if (networkDown) return;
    networkDown = true;
    untold.add(Changes.network(true, Optional.of(failure), now));
    for (ProxyHealth proxy : proxies.values())
      if (proxy.acquit(now)) untold.add(changed.acquitted(proxy, failure, diagnosis));
  }

  private void ejectProxy(ProxyHealth proxy, Diagnosis diagnosis, Attempt failure, long now) {
    boolean certain = diagnosis.confidence() == 1;
    if (networkDown || !certain && wouldPanic(proxy)) return;
    questions.closeOfProxy(proxy.id());
    if (proxy.eject(diagnosis.verdict(), certain, now + backOff(proxy.backOff()), now))
      untold.add(
          changed.out(
              diagnosis.verdict() == Verdict.PROXY_AUTH ? "proxy.auth_failed" : "proxy.down",
              proxy,
              failure,
              diagnosis.confidence(),
              "ejected"));
  }

  private void ejectProvider(ProxyHealth proxy, Diagnosis diagnosis, Attempt failure, long now) {
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
      untold.add(changed.providerDown(provider.get(), failure, diagnosis.confidence(), now));
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

  /** The target is closed to the proxy, which is not suspected for it any more. */
  void block(Diagnosis diagnosis, Attempt failure, long now) {
    blocks
        .block(failure, diagnosis.verdict(), now)
        .ifPresent(pair -> untold.add(changed.blocked(failure, pair, diagnosis.confidence())));
    ProxyHealth proxy = proxies.get(failure.proxy());
    if (proxy != null && proxy.acquit(failure.origin(), now))
      untold.add(changed.acquitted(proxy, failure, diagnosis));
  }

  /** A growing time with jitter over its upper half: spread, yet never at once. */
  private long backOff(int step) {
    long first = settings.health().backOffFirst().toMillis();
    long most = settings.health().backOffMost().toMillis();
    long ceiling = Math.min(most, first << Math.min(step, 20));
    return Math.max(1, Math.round(ceiling * (0.5 + 0.5 * random.nextDouble())));
  }
}
