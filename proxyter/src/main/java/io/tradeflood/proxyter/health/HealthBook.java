package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.config.Origins;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.health.Diagnosis.Seen;
import io.tradeflood.proxyter.health.Diagnosis.Sights;
import io.tradeflood.proxyter.health.Questions.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * All that is concluded of proxies and targets: takes outcomes and what the prober saw, finds out
 * who is at fault, gives changes and jobs. It has no thread, no clock and no network of its own, so
 * every story can be told to it in a test; the watcher is its only user.
 */
final class HealthBook {
  /** When the probe of a ban did not come as far as the target, it is tried again after so long. */
  private static final long POSTPONED_MILLIS = 30_000;

  /** So much is compared for each outcome; what is more waits for the next look. */
  private static final int MOST_COMPARISONS = 10_000;

  /** A proxy at a target. */
  record Pair(String proxy, String origin) {}

  private final Questions questions = new Questions();
  private final Recent recent = new Recent();
  private final Set<Job> running = new HashSet<>();
  private final States states;
  private final Matrix matrix;
  private Settings settings;
  private Origins names;

  HealthBook(Settings settings, RandomGenerator random, long now) {
    this.settings = settings;
    this.names = new Origins(settings.origins());
    this.states = new States(settings, random, questions, now);
    this.matrix =
        new Matrix(settings.health().window().toMillis(), states::provider, states::isDirect);
  }

  /** What is concluded so far. */
  States states() {
    return states;
  }

  /** A changed configuration. */
  List<Change> use(Settings next, long now) {
    settings = next;
    names = new Origins(next.origins());
    states.use(next, now);
    return states.told(now);
  }

  /** The targets that have served somebody, the latest first. */
  List<Served> served() {
    return recent.latest();
  }

  /** A tunnel, a probe or a client's word ended so. */
  List<Change> attempted(Attempt attempt) {
    ProxyHealth proxy = states.proxies().get(attempt.proxy());
    if (proxy == null) return List.of();
    long now = attempt.at().toEpochMilli();
    matrix.add(attempt);
    if (attempt.signal() == Signal.OK) {
      recent.add(attempt);
      questions.close(new Pair(attempt.proxy(), attempt.origin()));
      states.served(proxy, attempt, now);
    } else if (attempt.signal().isFailure()) failed(proxy, attempt, now);
    if (questions.open().size() * matrix.size() <= MOST_COMPARISONS) settleOpen(now);
    return states.told(now);
  }

  private void failed(ProxyHealth proxy, Attempt attempt, long now) {
    Signal signal = attempt.signal();
    if (signal == Signal.HTTP_5XX) {
      // The way works: only whether all hear the same from the target is of interest.
      Diagnosis diagnosis = Diagnosis.decide(matrix.around(attempt, false));
      if (diagnosis.verdict() == Verdict.ORIGIN_DOWN) states.act(diagnosis, attempt, now);
      return;
    }
    boolean repeated = proxy.repeats(signal);
    proxy.failed(signal);
    if (isBeyondDoubt(attempt, repeated)) {
      states.act(Diagnosis.decide(Sights.of(signal, repeated)), attempt, now);
      return;
    }
    states.doubt(proxy, attempt, now);
    if (!states.isFrozen() && !states.isDown(attempt.origin())) questions.ask(attempt, repeated);
  }

  /** What looks the same when this machine reaches nobody is in doubt until somebody is served. */
  private boolean isBeyondDoubt(Attempt attempt, boolean repeated) {
    return Diagnosis.isSettledBy(attempt.signal(), repeated)
        && (!attempt.signal().mayBeUs()
            || matrix.isAnybodyServedSince(attempt.at().toEpochMilli() - attempt.millis()));
  }

  /** Looks whether what has come since settles an open question. */
  private void settleOpen(long now) {
    for (Question question : questions.open()) {
      Attempt failure = question.failure();
      boolean waits =
          Diagnosis.isSettledBy(failure.signal(), question.repeated())
              && !isBeyondDoubt(failure, question.repeated());
      if (waits) continue;
      Diagnosis diagnosis = Diagnosis.decide(matrix.around(failure, question.repeated()));
      if (diagnosis.verdict() == Verdict.UNKNOWN || isPremature(diagnosis)) continue;
      questions.close(question.pair());
      states.act(diagnosis, failure, now);
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
    boolean isOver = false;
    for (Attempt attempt : seen) {
      boolean itself =
          attempt.proxy().equals(failure.proxy()) && attempt.origin().equals(failure.origin());
      isOver |= itself && attempt.signal() == Signal.OK;
      matrix.addBehind(failure, attempt);
    }
    if (directControls == Seen.WORKS) states.networkWorks(now);
    if (isOver) {
      running.remove(new Job.Diagnose(failure));
      questions.leaveOpen(new Pair(failure.proxy(), failure.origin()), now);
      return states.told(now);
    }
    return diagnosed(
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
        now);
  }

  /** What the prober saw around a failure, beside what the outcomes say. */
  List<Change> diagnosed(Attempt failure, Sights probed, long now) {
    running.remove(new Job.Diagnose(failure));
    questions.close(new Pair(failure.proxy(), failure.origin()));
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
    states.act(Diagnosis.decide(sights), failure, now);
    return states.told(now);
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
            .filter(id -> !id.equals(failure.proxy()) && !states.isDirect(id))
            .filter(id -> states.serves(id) && states.isEnabled(id))
            .filter(id -> !states.blocks().isBlocked(new Pair(id, failure.origin()), now))
            .toList();
    long providers =
        others.stream().map(id -> states.provider(id).orElse("alone:" + id)).distinct().count();
    return !others.isEmpty()
        && !Diagnosis.isEnough(others.size(), providers)
        && matrix.failingOnlyAt(failure).containsAll(others);
  }

  /** A job came to nothing: it may be asked for again. */
  void unanswered(Job job) {
    running.remove(job);
  }

  /** A proxy that was taken out was probed. */
  List<Change> probed(Job.ProbeProxy job, boolean reached, long now) {
    running.remove(job);
    states.proxyProbed(job.proxy(), reached, now);
    return states.told(now);
  }

  /** A pair whose block had run out was probed. */
  List<Change> probed(Job.ProbePair job, Optional<Attempt> failure, long now) {
    running.remove(job);
    Pair key = new Pair(job.proxy(), job.origin());
    PairHealth pair = states.blocks().all().get(key);
    if (pair == null) return List.of();
    if (failure.isEmpty()) states.unblock(key, pair, "a probe was served", now);
    else if (!reachedTarget(failure.get().signal())) {
      pair.postpone(now + POSTPONED_MILLIS);
      return attempted(failure.get());
    } else {
      // Looked at before it was forgiven: the next block is twice as long.
      Verdict verdict =
          failure.get().signal() == Signal.HTTP_429 ? Verdict.RATE_LIMITED : pair.verdict();
      states.block(new Diagnosis(verdict, 1), failure.get(), now);
    }
    return states.told(now);
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
    if (served) states.reopen(job.origin(), Optional.empty(), now);
    return states.told(now);
  }

  /** Whether this machine reaches anybody again. */
  List<Change> probed(Job.ProbeNetwork job, boolean reached, long now) {
    running.remove(job);
    states.networkProbed(reached, now);
    return states.told(now);
  }

  /** An operator says that a proxy is well. */
  List<Change> forgive(String id, long now) {
    states.forgive(id, now);
    return states.told(now);
  }

  /** Time passed. */
  List<Change> tick(long now) {
    settleOpen(now);
    states.tick(now);
    for (var due : states.blocks().due(now))
      if (probeOf(due.getKey(), due.getValue()).isEmpty())
        states.unblock(due.getKey(), due.getValue(), "its time is over", now);
    return states.told(now);
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
    if (states.isFrozen()) {
      if (states.isNetworkProbeDue(now)) add(new Job.ProbeNetwork(), jobs);
      return jobs;
    }
    for (ProxyHealth proxy : states.proxies().values())
      if (proxy.isProbeDue(now) && states.isEnabled(proxy.id()))
        add(new Job.ProbeProxy(proxy.id()), jobs);
    states
        .origins()
        .forEach(
            (name, origin) -> {
              if (origin.isProbeDue(now) && add(new Job.ProbeOrigin(name, origin.target()), jobs))
                origin.probing(now);
            });
    for (var due : states.blocks().due(now)) {
      Pair pair = due.getKey();
      if (states.serves(pair.proxy())
          && states.isEnabled(pair.proxy())
          && !states.isDown(pair.origin())
          && probeOf(pair, due.getValue()).isPresent())
        add(new Job.ProbePair(pair.proxy(), pair.origin(), due.getValue().type()), jobs);
    }
    for (Job.Diagnose diagnose : questions.due(running, now)) add(diagnose, jobs);
    return jobs;
  }

  private boolean add(Job job, List<Job> jobs) {
    return running.add(job) && jobs.add(job);
  }
}
