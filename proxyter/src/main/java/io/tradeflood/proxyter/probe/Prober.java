package io.tradeflood.proxyter.probe;

import io.tradeflood.proxyter.config.Address;
import io.tradeflood.proxyter.config.Origins;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.UpstreamUrl;
import io.tradeflood.proxyter.health.Attempt;
import io.tradeflood.proxyter.health.Job;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.health.Watcher;
import io.tradeflood.proxyter.hop.Failure;
import io.tradeflood.proxyter.hop.Names;
import io.tradeflood.proxyter.hop.ProxyAnswers;
import io.tradeflood.proxyter.probe.Controls.Control;
import io.tradeflood.proxyter.probe.Looks.Aim;
import io.tradeflood.proxyter.wire.ResponseHead;
import io.tradeflood.proxyter.wire.Target;
import io.tradeflood.proxyter.wire.WireException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

/**
 * Finds out what the watcher wants to know, and tells it. A job is taken in at once and never
 * blocks who brings it; one that waits already is not taken twice. What it does is bounded by
 * {@code health.probesAtOnce} and {@code health.probesPerSecond}, and each job ends by itself.
 */
public final class Prober implements Consumer<Job>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Prober.class.getName());
  private static final int MOST_WAITING = 10_000;
  private static final int NETWORK_LOOKS = 4;
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Supplier<Settings> settings;
  private final Watcher watcher;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final SSLSocketFactory targets;
  private final JobQueue queue = new JobQueue(MOST_WAITING);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("proxyter-probe-", 0).factory());
  private final Looks looks;
  private final Controls controls;

  /** Who waits for a job to be answered. */
  private final Map<Job, List<CompletableFuture<Optional<Boolean>>>> asked =
      new ConcurrentHashMap<>();

  private volatile boolean closed;

  /**
   * What came of a job.
   *
   * @param served whether what was looked at answered; empty if that was not the question, or it is
   *     not known
   * @param tell tells the watcher
   */
  private record Found(Optional<Boolean> served, Runnable tell) {
    static Found of(boolean served, Runnable tell) {
      return new Found(Optional.of(served), tell);
    }

    static Found of(Runnable tell) {
      return new Found(Optional.empty(), tell);
    }
  }

  /**
   * Begins to work.
   *
   * @param settings those of now, asked for each probe
   * @param watcher is told what was found
   * @param clock of what was seen when
   * @param random for who is asked where several could be
   */
  public Prober(
      Supplier<Settings> settings, Watcher watcher, InstantSource clock, RandomGenerator random) {
    this(
        settings,
        watcher,
        clock,
        random,
        InetAddress::getAllByName,
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * @param targets by whose trust targets are verified
   */
  Prober(
      Supplier<Settings> settings,
      Watcher watcher,
      InstantSource clock,
      RandomGenerator random,
      Names.Lookup lookup,
      SSLSocketFactory targets) {
    this.settings = settings;
    this.watcher = watcher;
    this.clock = clock;
    this.random = random;
    this.targets = targets;
    this.looks = new Looks(settings, clock, new Names(lookup, System::nanoTime), threads);
    this.controls = new Controls(looks, watcher);
    threads.execute(this::work);
  }

  @Override
  public void accept(Job job) {
    queue.offer(job);
  }

  /**
   * As {@link #accept}, for who wants to know what came of it.
   *
   * @return completed when the watcher has been told: whether what was looked at answered; empty if
   *     that is not what the job is about, or it came to nothing
   */
  public CompletableFuture<Optional<Boolean>> ask(Job job) {
    var answer = new CompletableFuture<Optional<Boolean>>();
    asked.merge(
        job, List.of(answer), (some, one) -> Stream.concat(some.stream(), one.stream()).toList());
    queue.offer(job);
    return answer;
  }

  private void answered(Job job, Optional<Boolean> served) {
    var waiting = asked.remove(job);
    if (waiting != null) waiting.forEach(one -> one.complete(served));
  }

  /** What is being done. */
  public ProberStats stats() {
    return new ProberStats(queue.waiting(), queue.running(), looks.pace().inFlight());
  }

  private void work() {
    try {
      while (true)
        switch (queue.take(() -> settings.get().health().probesAtOnce())) {
          case JobQueue.Next.Run(Job job) -> threads.execute(() -> run(job));
          case JobQueue.Next.TurnedAway(Job job) -> {
            watcher.unanswered(job);
            answered(job, Optional.empty());
          }
        }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      if (!closed) throw e;
    }
  }

  private void run(Job job) {
    Found found = Found.of(() -> watcher.unanswered(job));
    try {
      found = find(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!closed) LOG.log(System.Logger.Level.ERROR, "probe: " + job + " failed", e);
    } finally {
      // First, as the answer may be that the same is asked for again.
      queue.done(job);
      found.tell().run();
      answered(job, found.served());
    }
  }

  /** Does a job; what is to be told of it. */
  private Found find(Job job) throws InterruptedException {
    return switch (job) {
      case Job.ProbeProxy probe -> {
        boolean back = isBack(probe.proxy());
        yield Found.of(back, () -> watcher.probed(probe, back));
      }
      case Job.ProbePair probe -> Found.of(probePair(probe));
      case Job.ProbeOrigin probe -> {
        boolean serving = isServing(probe);
        yield Found.of(serving, () -> watcher.probed(probe, serving));
      }
      case Job.ProbeNetwork probe -> {
        boolean reached = reachesAnybody();
        yield Found.of(reached, () -> watcher.probed(probe, reached));
      }
      case Job.Diagnose(Attempt failure) -> {
        Inquiry.Findings seen = new Inquiry(failure, looks, controls, watcher, random).run();
        yield Found.of(
            () ->
                watcher.diagnosed(failure, seen.attempts(), seen.direct(), seen.directControls()));
      }
    };
  }

  /** Whether a proxy answers and leads somewhere. */
  private boolean isBack(String proxy) throws InterruptedException {
    List<Control> some = controls.of(proxy, "", 2);
    if (some.isEmpty()) {
      Optional<Sight> sight = looks.look(Aim.atProxy(proxy));
      sight.ifPresent(seen -> tellOfProxy(seen, ""));
      return sight.isPresent() && sight.get().isServed();
    }
    for (Control control : some) {
      Optional<Sight> sight = looks.look(control.by(proxy));
      if (sight.isEmpty()) continue;
      controls.saw(control, sight.get());
      if (sight.get().didProxyAnswer()) return true;
      if (sight.get().signal().blame() == Signal.Blame.PROXY) {
        tellOfProxy(sight.get(), control.origin());
        return false;
      }
    }
    return false;
  }

  /** Wrong credentials and a used-up account change more than when to look again. */
  private void tellOfProxy(Sight sight, String origin) {
    if (sight.signal() == Signal.PROXY_AUTH || sight.signal() == Signal.PROXY_QUOTA)
      watcher.attempted(sight.attempt(origin, groupOf(sight.via()), "*"));
  }

  private String groupOf(String proxy) {
    for (Settings.Group group : settings.get().groups().values())
      if (group.proxies().contains(proxy)) return group.id();
    return "";
  }

  /** The one request of the route that tells whether the target serves the proxy again. */
  private Runnable probePair(Job.ProbePair job) throws InterruptedException {
    Optional<Settings.Probe> probe =
        settings.get().route(job.type()).flatMap(Settings.Route::probe);
    Optional<Sight> sight =
        probe.isEmpty()
            ? Optional.empty()
            : looks.look(request(job.proxy(), probe.get(), job.type()));
    if (sight.isEmpty()) return () -> watcher.unanswered(job);
    Optional<Attempt> failure =
        sight.get().isServed()
            ? Optional.empty()
            : Optional.of(sight.get().attempt(job.origin(), groupOf(job.proxy()), job.type()));
    return () -> watcher.probed(job, failure);
  }

  private Aim request(String proxy, Settings.Probe probe, String type) {
    URI url = probe.url();
    boolean isTls = url.getScheme().toLowerCase(Locale.ROOT).equals("https");
    int port = url.getPort() >= 0 ? url.getPort() : isTls ? 443 : 80;
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return new Aim(
        proxy,
        Optional.of(new Target(url.getHost().replaceAll("[\\[\\]]", ""), port)),
        true,
        (way, to) -> {
          if (isTls) way.secure(targets, to);
          check(FirstFlight.request(way, "GET", path + query, url.getRawAuthority()), probe, type);
        });
  }

  private void check(ResponseHead head, Settings.Probe probe, String type) throws IOException {
    if (head.status() == probe.expect()) return;
    Signal signal =
        settings
            .get()
            .route(type)
            .flatMap(route -> ProxyAnswers.ruled(route, head.status()))
            .orElse(head.status() >= 500 ? Signal.HTTP_5XX : Signal.HTTP_403);
    throw new NoWayException(
        new Failure(
            signal,
            "the target answered " + head.status(),
            ProxyAnswers.retryAfter(head.headers(), clock.millis())));
  }

  /** Whether a target that was down serves somebody. */
  private boolean isServing(Job.ProbeOrigin job) throws InterruptedException {
    Target target;
    try {
      target = Target.parse(job.target(), 0);
    } catch (WireException e) {
      return false;
    }
    Optional<Aim> own = ownProbe(job.origin());
    int tried = 0;
    for (String proxy : eligible(job.origin())) {
      if (tried++ == 2) break;
      Aim aim =
          own.map(a -> new Aim(proxy, a.target(), a.trusted(), a.errand()))
              .orElse(Aim.at(proxy, target));
      Optional<Sight> sight = looks.look(aim);
      if (sight.isPresent() && sight.get().isServed()) return true;
    }
    return false;
  }

  /** A request that some route names for the target: a handshake can succeed where all fails. */
  private Optional<Aim> ownProbe(String origin) {
    var origins = new Origins(settings.get().origins());
    for (Settings.Route route : settings.get().routes().values())
      if (route.probe().isPresent()
          && origins.of(route.probe().get().url().getHost()).equals(origin))
        return Optional.of(request("", route.probe().get(), route.type()));
    return Optional.empty();
  }

  /** The proxies that may be asked for a target, in no order. */
  private List<String> eligible(String origin) {
    long now = clock.millis();
    boolean mayGoDirect = settings.get().health().directProbes();
    var ids = new ArrayList<String>();
    for (Settings.Proxy proxy : settings.get().proxies().values())
      if (proxy.enabled()
          && (mayGoDirect || !isDirect(proxy))
          && watcher.isEligible(proxy.id(), origin, now)) ids.add(proxy.id());
    Collections.shuffle(ids, Random.from(random));
    return ids;
  }

  private static boolean isDirect(Settings.Proxy proxy) {
    return proxy.url().scheme() == UpstreamUrl.Scheme.DIRECT;
  }

  /** Whether anything beyond this machine answers, if only with a refusal. */
  private boolean reachesAnybody() throws InterruptedException {
    var ways = new ArrayList<Aim>();
    List<Control> named = controls.configured();
    if (!named.isEmpty()) ways.add(named.get(random.nextInt(named.size())).by(Sight.DIRECT));
    var places = new HashSet<Address>();
    var ids = new ArrayList<>(settings.get().proxies().values());
    Collections.shuffle(ids, Random.from(random));
    for (Settings.Proxy proxy : ids)
      if (!isDirect(proxy) && places.add(proxy.url().address())) ways.add(Aim.atProxy(proxy.id()));
    for (Aim way : ways.subList(0, Math.min(NETWORK_LOOKS, ways.size()))) {
      Optional<Sight> sight = looks.look(way);
      if (sight.isPresent() && sight.get().networkWorks()) return true;
    }
    return false;
  }

  /** Gives up what is being done; no connection and no thread is left. */
  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    boolean interrupted = false;
    try {
      if (!threads.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS))
        LOG.log(System.Logger.Level.WARNING, "prober: its threads do not end");
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
