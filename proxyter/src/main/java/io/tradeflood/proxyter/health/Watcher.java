package io.tradeflood.proxyter.health;

import io.tradeflood.proxyter.config.Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The one thread that concludes. Everything it learns comes through a bounded queue; everything it
 * concludes is published as a value for the data path and told as changes. Outcomes of success are
 * the first to be dropped when the queue is full: they are many, and nothing is concluded from the
 * lack of one.
 */
public final class Watcher implements HealthView, AutoCloseable {
  private static final int QUEUE = 65_536;
  private static final long TICK_MILLIS = 50;
  private static final long GRACE_MILLIS = 100;

  private final HealthBook book;
  private final InstantSource clock;
  private final Consumer<Change> told;
  private final Consumer<Job> jobs;
  private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Queue<Attempt> successes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger successCount = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();

  /** Of the watcher's thread. */
  private final Map<String, long[]> attempts = new HashMap<>();

  private final Map<String, long[]> probes = new TreeMap<>();
  private final Thread thread;
  private volatile View view = View.EMPTY;
  private volatile List<Served> served = List.of();
  private volatile boolean closed;

  /**
   * @param settings what is watched
   * @param clock this machine's
   * @param random for the jitter of back-offs
   * @param told gets each change, in order, on the watcher's thread; must not block
   * @param jobs gets what is to be found out; must not block
   */
  public Watcher(
      Settings settings,
      InstantSource clock,
      RandomGenerator random,
      Consumer<Change> told,
      Consumer<Job> jobs) {
    this.clock = clock;
    this.told = told;
    this.jobs = jobs;
    this.book = new HealthBook(settings, random, clock.millis());
    this.thread = Thread.ofPlatform().daemon().name("proxyter-watcher").unstarted(this::work);
  }

  /** Begins to watch. */
  public void start() {
    thread.start();
  }

  private void work() {
    long nextTick = 0;
    while (!closed) {
      try {
        Runnable work = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        lookAtSuccesses();
        for (int i = 0; work != null && i < 1_000; i++) {
          work.run();
          lookAtSuccesses();
          work = i < 999 ? queue.poll() : null;
        }
      } catch (InterruptedException e) {
        return;
      }
      long now = clock.millis();
      if (now >= nextTick || now < nextTick - TICK_MILLIS) {
        tell(book.tick(now));
        nextTick = now + TICK_MILLIS;
      }
      served = book.served();
      book.jobs(now).forEach(jobs);
    }
  }

  private void tell(List<Change> changes) {
    if (changes.isEmpty()) return;
    publish();
    changes.forEach(told);
  }

  @Override
  public void attempted(Attempt attempt) {
    // Nothing follows at once from a success, so it does not wake the thread; behind what waits
    // already it queues up, lest it overtake a failure.
    if (attempt.signal() == Signal.OK) {
      if (queue.isEmpty()) {
        if (successCount.incrementAndGet() <= QUEUE) {
          successes.add(attempt);
          return;
        }
        successCount.decrementAndGet();
      } else if (queue.remainingCapacity() >= QUEUE / 4 && queue.offer(() -> look(attempt))) return;
      dropped.increment();
    } else if (!queue.offer(() -> look(attempt))) dropped.increment();
  }

  private void lookAtSuccesses() {
    for (Attempt next = successes.poll(); next != null; next = successes.poll()) {
      successCount.decrementAndGet();
      look(next);
    }
  }

  private void look(Attempt attempt) {
    if (book.states().proxies().containsKey(attempt.proxy()))
      attempts
          .computeIfAbsent(attempt.proxy(), _ -> new long[Signal.values().length])[
          attempt.signal().ordinal()]++;
    tell(book.attempted(attempt));
  }

  private void count(String kind, boolean good) {
    probes.computeIfAbsent(kind, _ -> new long[2])[good ? 0 : 1]++;
  }

  /** What was looked at since the start. */
  public WatcherStats stats() {
    return ask(_ -> counted());
  }

  private WatcherStats counted() {
    Map<String, Map<String, Long>> seen = new HashMap<>();
    attempts.forEach(
        (proxy, counts) -> {
          var byCode = new LinkedHashMap<String, Long>();
          for (Signal signal : Signal.values())
            if (counts[signal.ordinal()] > 0) byCode.put(signal.code(), counts[signal.ordinal()]);
          seen.put(proxy, byCode);
        });
    Map<String, WatcherStats.ProbeCount> probed = new TreeMap<>();
    probes.forEach((kind, n) -> probed.put(kind, new WatcherStats.ProbeCount(n[0], n[1])));
    return new WatcherStats(seen, probed, dropped());
  }

  /** How many outcomes were not looked at because there were too many. */
  public long dropped() {
    return dropped.sum();
  }

  /**
   * What the prober saw around a failure.
   *
   * @param seen of proxies, there and elsewhere
   * @param direct the target without a proxy
   * @param directControls whether this machine reaches anything
   */
  public void diagnosed(
      Attempt failure, List<Attempt> seen, Diagnosis.Seen direct, Diagnosis.Seen directControls) {
    put(
        () -> {
          List<Change> changes =
              book.diagnosed(failure, seen, direct, directControls, clock.millis());
          count("diagnosis", !changes.isEmpty());
          tell(changes);
        });
  }

  /** A job came to nothing; it may be asked for again. */
  public void unanswered(Job job) {
    put(() -> book.unanswered(job));
  }

  /** Whether this machine reaches anybody. */
  public void probed(Job.ProbeNetwork job, boolean reached) {
    put(
        () -> {
          count("network", reached);
          tell(book.probed(job, reached, clock.millis()));
        });
  }

  /** Whether the prober reached a proxy. */
  public void probed(Job.ProbeProxy job, boolean reached) {
    put(
        () -> {
          count("proxy", reached);
          tell(book.probed(job, reached, clock.millis()));
          publish();
        });
  }

  /** What the prober saw of a proxy at a target; empty if it was served. */
  public void probed(Job.ProbePair job, Optional<Attempt> failure) {
    put(
        () -> {
          count("pair", failure.isEmpty());
          tell(book.probed(job, failure, clock.millis()));
          publish();
        });
  }

  /** Whether a target served the prober. */
  public void probed(Job.ProbeOrigin job, boolean served) {
    put(
        () -> {
          count("origin", served);
          tell(book.probed(job, served, clock.millis()));
        });
  }

  /** An operator says that a proxy is well. */
  public void forgive(String proxy) {
    put(
        () -> {
          tell(book.forgive(proxy, clock.millis()));
          publish();
        });
  }

  /** Watches what a changed configuration names. */
  public void use(Settings settings) {
    put(
        () -> {
          tell(book.use(settings, clock.millis()));
          attempts.keySet().retainAll(settings.proxies().keySet());
          publish();
        });
  }

  /** Takes over blocks that were kept over a restart; before {@link #start}. */
  public void restore(List<HealthSnapshot.PairState> kept) {
    kept.forEach(book.states().blocks()::restore);
    publish();
  }

  /** Takes over what was kept over a restart; before {@link #start}. */
  public void restore(HealthMemory kept) {
    book.states().restore(kept, clock.millis());
    publish();
  }

  /** What is concluded now. */
  public HealthSnapshot snapshot() {
    return ask(this::snapshotOf);
  }

  /** What should be kept over a restart. */
  public HealthMemory memory() {
    return ask(States::memory);
  }

  private <T> T ask(Function<States, T> question) {
    if (Thread.currentThread() == thread) return question.apply(book.states());
    var answer = new CompletableFuture<T>();
    put(() -> answer.complete(question.apply(book.states())));
    boolean interrupted = false;
    try {
      while (true)
        try {
          // Whoever does not work any more does not answer, but does not write either.
          if (!thread.isAlive()) return answer.getNow(question.apply(book.states()));
          return answer.get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (TimeoutException _) {
          // looked at again
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  /** Waits for room: what is put so is rare and must not be lost while somebody works on it. */
  private void put(Runnable work) {
    boolean interrupted = false;
    boolean placed = false;
    while (!placed && !closed)
      try {
        placed = queue.offer(work, GRACE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private HealthSnapshot snapshotOf(States states) {
    long now = clock.millis();
    var proxies = new ArrayList<HealthSnapshot.ProxyState>();
    for (ProxyHealth p : states.proxies().values())
      proxies.add(
          new HealthSnapshot.ProxyState(
              p.id(),
              word(p.state()),
              p.share(now),
              Instant.ofEpochMilli(p.since()),
              moment(p.until()),
              p.verdict()));
    var origins = new ArrayList<HealthSnapshot.OriginState>();
    states
        .origins()
        .forEach(
            (name, origin) ->
                origins.add(
                    new HealthSnapshot.OriginState(
                        name,
                        origin.isDown(),
                        Instant.ofEpochMilli(origin.since()),
                        moment(origin.next()))));
    return new HealthSnapshot(
        Instant.ofEpochMilli(now), states.isFrozen(), proxies, states.blocks().states(), origins);
  }

  private static Optional<Instant> moment(long millis) {
    return millis <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void publish() {
    States states = book.states();
    Map<String, View.Out> out = new HashMap<>();
    Map<String, View.Ramp> ramps = new HashMap<>();
    for (ProxyHealth p : states.proxies().values())
      switch (p.state()) {
        case UP -> {}
        case SUSPECT -> ramps.put(p.id(), new View.Ramp(0.5, 0.5, p.since(), 0));
        case PROBATION ->
            ramps.put(p.id(), new View.Ramp(0.1, 1, p.since(), p.until() - p.since()));
        case DOWN, HALF_OPEN -> out.put(p.id(), new View.Out(word(p.state()), p.until(), true));
        case AUTH_FAILED, PAUSED ->
            out.put(p.id(), new View.Out(word(p.state()), p.until(), false));
      }
    Map<HealthBook.Pair, View.Blocked> pairs = new HashMap<>();
    states
        .blocks()
        .all()
        .forEach(
            (key, pair) -> {
              if (pair.state() != PairHealth.State.OK)
                pairs.put(
                    key,
                    new View.Blocked(
                        word(pair.state()),
                        pair.until(),
                        pair.state() == PairHealth.State.PAUSED,
                        status(pair.state())));
            });
    Map<String, Long> origins = new HashMap<>();
    states
        .origins()
        .forEach(
            (name, origin) -> {
              if (origin.isDown()) origins.put(name, origin.since());
            });
    view = new View(Map.copyOf(out), Map.copyOf(ramps), Map.copyOf(pairs), Map.copyOf(origins));
  }

  private static OptionalInt status(PairHealth.State state) {
    return switch (state) {
      case BANNED -> OptionalInt.of(418);
      case PAUSED -> OptionalInt.of(429);
      case OK, REFUSED -> OptionalInt.empty();
    };
  }

  @Override
  public OptionalInt shutOut(String proxy, String origin, long now) {
    return view.shutOut(proxy, origin, now);
  }

  @Override
  public boolean isEligible(String proxy, String origin, long now) {
    return view.isEligible(proxy, origin, now);
  }

  @Override
  public boolean isLastResort(String proxy, String origin, long now) {
    return view.isLastResort(proxy, origin, now);
  }

  /** Whether the proxy, well or not, must not be seen at the target now. */
  public boolean isBlocked(String proxy, String origin, long now) {
    return view.isBlocked(proxy, origin, now);
  }

  /** Targets that have served somebody, the latest first. */
  public List<Served> served() {
    return served;
  }

  @Override
  public Optional<String> whyNot(String proxy, String origin, long now) {
    return view.whyNot(proxy, origin, now);
  }

  @Override
  public double share(String proxy, long now) {
    return view.share(proxy, now);
  }

  @Override
  public Optional<String> originDown(String origin, long now) {
    Map<String, Long> down = view.origins();
    if (down.isEmpty()) return Optional.empty();
    Long since = down.get(origin);
    return since == null
        ? Optional.empty()
        : Optional.of("origin down since " + Instant.ofEpochMilli(since));
  }

  @Override
  public long eligibleAt(Iterable<String> proxies, String origin, long now) {
    View current = view;
    long earliest = Long.MAX_VALUE;
    for (String proxy : proxies)
      earliest = Math.min(earliest, current.eligibleAt(proxy, origin, now));
    return earliest;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive())
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
