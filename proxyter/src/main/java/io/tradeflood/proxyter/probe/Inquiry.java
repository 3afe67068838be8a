package io.tradeflood.proxyter.probe;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.UpstreamUrl;
import io.tradeflood.proxyter.health.Attempt;
import io.tradeflood.proxyter.health.Diagnosis.Seen;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.health.Watcher;
import io.tradeflood.proxyter.probe.Controls.Control;
import io.tradeflood.proxyter.probe.Looks.Aim;
import io.tradeflood.proxyter.probe.Looks.Look;
import io.tradeflood.proxyter.wire.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Looks around one failure of a proxy P at a target O: P at O once more and at controls, others at
 * O, a proxy of P's provider at a control, and without a proxy where that is allowed. At most five
 * probes, side by side, in five seconds at most; once some proxy has served, the silent ones have a
 * moment left, for by then silence says something. It says nothing where this machine stood still.
 */
final class Inquiry {
  static final int MOST_PROBES = 5;
  private static final int FEW = 2;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private enum Role {
    SAME_AGAIN,
    PROXY_AT_CONTROL,
    OTHER_AT_TARGET,
    OTHER_AT_CONTROL,
    DIRECT_AT_TARGET,
    DIRECT_AT_CONTROL
  }

  private record Step(Role role, Aim aim, Optional<Control> control) {}

  private record Seeing(Step step, Sight sight) {}

  /**
   * What was found.
   *
   * @param attempts what was seen of proxies
   * @param direct the target without a proxy
   * @param directControls whether this machine reaches anything
   */
  record Findings(List<Attempt> attempts, Seen direct, Seen directControls, List<Sight> sights) {}

  private final Attempt failure;
  private final Target target;
  private final Looks looks;
  private final Controls controls;
  private final Watcher watcher;
  private final RandomGenerator random;
  private final Settings settings;

  Inquiry(
      Attempt failure, Looks looks, Controls controls, Watcher watcher, RandomGenerator random) {
    this.failure = failure;
    this.target = Target.parse(failure.target(), 0);
    this.looks = looks;
    this.controls = controls;
    this.watcher = watcher;
    this.random = random;
    this.settings = looks.settings();
  }

  Findings run() throws InterruptedException {
    var running = new ArrayList<Look>();
    var steps = new ArrayList<Step>();
    for (Step step : steps()) {
      Optional<Look> look = looks.begin(step.aim());
      if (look.isEmpty()) continue;
      running.add(look.get());
      steps.add(step);
    }
    var seen = new ArrayList<Seeing>();
    try {
      boolean silenceTells = waitPatiently(running);
      for (int i = 0; i < running.size(); i++) {
        Step step = steps.get(i);
        Optional<Sight> sight = running.get(i).await(0);
        if (sight.isEmpty() || sight.get().isSilence() && !silenceTells) continue;
        seen.add(new Seeing(step, sight.get()));
        step.control().ifPresent(control -> controls.saw(control, sight.get()));
      }
    } finally {
      for (Look look : running) look.giveUp();
    }
    return findings(seen);
  }

  /** Waits until all are done, or long enough; whether silence says something. */
  private static boolean waitPatiently(List<Look> running) throws InterruptedException {
    var patience = new Patience(System.nanoTime());
    boolean someServed = false;
    while (patience.lasts(System.nanoTime()) && !running.stream().allMatch(Look::isDone)) {
      // How quick we are without a proxy says nothing of how long one may take.
      if (!someServed && running.stream().anyMatch(Look::isServedByProxy)) {
        someServed = true;
        patience.served();
      }
      LockSupport.parkNanos(LOOK_NANOS);
      if (Thread.interrupted()) throw new InterruptedException();
    }
    return !patience.isLost();
  }

  private List<Step> steps() {
    var all = new ArrayList<Step>();
    String proxy = failure.proxy();
    boolean isDirect = isDirect(proxy);
    long now = looks.now();
    List<Control> elsewhere = controls.of(proxy, failure.origin(), 2);
    List<String> others = others(now);
    List<String> peers = peers(now);
    if (!watcher.isBlocked(proxy, failure.origin(), now))
      all.add(new Step(Role.SAME_AGAIN, Aim.at(proxy, target), Optional.empty()));
    if (!elsewhere.isEmpty()) all.add(atControl(Role.PROXY_AT_CONTROL, proxy, elsewhere.get(0)));
    if (!others.isEmpty()) all.add(otherAtTarget(others.get(0)));
    if (!peers.isEmpty()) {
      // Another control than the proxy's own, so that one that is down does not speak twice.
      List<Control> theirs = controls.of(peers.get(0), failure.origin(), 2);
      if (!theirs.isEmpty())
        all.add(atControl(Role.OTHER_AT_CONTROL, peers.get(0), theirs.get(theirs.size() - 1)));
    } else if (mustBeSeenElsewhere(others)) {
      // The proxy's own, so that it shows whether the control is why the proxy fails there.
      for (Control its : controls.of(others.get(0), failure.origin(), 1))
        all.add(atControl(Role.OTHER_AT_CONTROL, others.get(0), its));
    }
    if (settings.health().directProbes() && !isDirect)
      all.add(new Step(Role.DIRECT_AT_TARGET, Aim.at(Sight.DIRECT, target), Optional.empty()));
    if (elsewhere.size() > 1) all.add(atControl(Role.PROXY_AT_CONTROL, proxy, elsewhere.get(1)));
    List<Control> configured = controls.configured();
    if (!configured.isEmpty() && !isDirect)
      all.add(atControl(Role.DIRECT_AT_CONTROL, Sight.DIRECT, configured.get(0)));
    if (others.size() > 1) all.add(otherAtTarget(others.get(1)));
    return all.subList(0, Math.min(MOST_PROBES, all.size()));
  }

  /** Before a target is said to be down by a few proxies, each of them must be seen to work. */
  private boolean mustBeSeenElsewhere(List<String> others) {
    return !others.isEmpty()
        && others.size() <= FEW
        && !settings.health().directProbes()
        && !failure.signal().mayBeUs();
  }

  private static Step atControl(Role role, String via, Control control) {
    return new Step(role, control.by(via), Optional.of(control));
  }

  private Step otherAtTarget(String via) {
    return new Step(Role.OTHER_AT_TARGET, Aim.at(via, target), Optional.empty());
  }

  private boolean isDirect(String proxy) {
    Settings.Proxy known = settings.proxies().get(proxy);
    return known != null && known.url().scheme() == UpstreamUrl.Scheme.DIRECT;
  }

  /** Those that may be asked for the target, of other providers first, else in no order. */
  private List<String> others(long now) {
    Optional<String> provider = provider(failure.proxy());
    var strangers = new ArrayList<String>();
    var peers = new ArrayList<String>();
    for (Settings.Proxy other : settings.proxies().values()) {
      if (!other.enabled()
          || other.id().equals(failure.proxy())
          || isDirect(other.id())
          || !watcher.isEligible(other.id(), failure.origin(), now)) continue;
      boolean isPeer = provider.isPresent() && other.provider().equals(provider);
      (isPeer ? peers : strangers).add(other.id());
    }
    shuffle(strangers);
    shuffle(peers);
    strangers.addAll(peers);
    return strangers;
  }

  /** Those of the same provider that serve. */
  private List<String> peers(long now) {
    Optional<String> provider = provider(failure.proxy());
    if (provider.isEmpty()) return List.of();
    var peers = new ArrayList<String>();
    for (Settings.Proxy other : settings.proxies().values())
      if (other.enabled()
          && !other.id().equals(failure.proxy())
          && other.provider().equals(provider)
          && watcher.isEligible(other.id(), "", now)) peers.add(other.id());
    shuffle(peers);
    return peers;
  }

  private void shuffle(List<String> ids) {
    Collections.shuffle(ids, Random.from(random));
  }

  private Optional<String> provider(String proxy) {
    return Optional.ofNullable(settings.proxies().get(proxy)).flatMap(Settings.Proxy::provider);
  }

  private Findings findings(List<Seeing> seen) {
    var attempts = new ArrayList<Attempt>();
    Seen direct = Seen.UNKNOWN;
    boolean networkWorks = false;
    boolean controlFails = false;
    var places = new HashSet<String>();
    for (Seeing one : seen) {
      networkWorks |= one.sight().networkWorks();
      switch (one.step().role()) {
        case SAME_AGAIN, OTHER_AT_TARGET -> {
          atTarget(one.sight()).ifPresent(attempts::add);
          places.add(place(one.sight().via()));
        }
        case PROXY_AT_CONTROL, OTHER_AT_CONTROL -> {
          if (isTelling(one, seen))
            attempts.add(attempt(one.sight(), one.step().control().get().origin()));
          places.add(place(one.sight().via()));
        }
        case DIRECT_AT_TARGET ->
            direct =
                atTarget(one.sight())
                    .map(a -> a.signal() == Signal.OK ? Seen.WORKS : Seen.FAILS)
                    .orElse(Seen.UNKNOWN);
        case DIRECT_AT_CONTROL -> controlFails = !one.sight().isServed();
      }
    }
    boolean nobody = controlFails || places.size() > 1;
    return new Findings(
        attempts,
        direct,
        networkWorks ? Seen.WORKS : nobody ? Seen.FAILS : Seen.UNKNOWN,
        seen.stream().map(Seeing::sight).toList());
  }

  /** Where a proxy is: several may share a machine, and say the same of the network. */
  private String place(String proxy) {
    Settings.Proxy known = settings.proxies().get(proxy);
    return known == null ? proxy : known.url().address().toString();
  }

  /**
   * What a probe of the target says about the failure. Where the failure came before the tunnel was
   * open, the target need not speak TLS: an alert shows that it was reached, silence shows nothing.
   */
  private Optional<Attempt> atTarget(Sight sight) {
    Signal signal = sight.signal();
    if (!isInTunnel(failure.signal())) {
      if (signal == Signal.TUNNEL_MUTE) return Optional.empty();
      if (signal == Signal.TUNNEL_ALERT) signal = Signal.OK;
    }
    Attempt told = attempt(sight, failure.origin());
    return Optional.of(signal == sight.signal() ? told : told.as(signal));
  }

  private static boolean isInTunnel(Signal signal) {
    return signal == Signal.TUNNEL_RESET
        || signal == Signal.TUNNEL_ALERT
        || signal == Signal.TUNNEL_MUTE;
  }

  /**
   * A success always tells; a failure only if it is not the control's own: the proxy itself failed,
   * or the control serves others, or two controls fail and none serves.
   */
  private boolean isTelling(Seeing one, List<Seeing> all) {
    if (one.sight().isServed()) return true;
    if (one.sight().signal().blame() == Signal.Blame.PROXY) return true;
    if (one.sight().didProxyAnswer()) return false;
    if (controls.isGood(one.step().control().get())) return true;
    var failing = new HashSet<String>();
    for (Seeing other : all)
      if (other.step().control().isPresent()) {
        if (other.sight().isServed()) failing.remove(other.sight().to());
        else failing.add(other.sight().to());
      }
    return failing.contains(one.sight().to()) && failing.size() > 1;
  }

  private Attempt attempt(Sight sight, String origin) {
    return sight.attempt(origin, failure.group(), failure.type());
  }
}
