package io.tradeflood.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scheme: each of its calls is dispatched at most once, as soon as what it needs is
 * there. Whatever it started has ended when {@link #close} returns. Thread-safe.
 *
 * <p>The value of a call is kept as long as the run, so that calls found late join it. Only what
 * sequences ({@link TurnScheme#each}) alone want is let go once all that planned it have taken it,
 * but for the newest few; if such a call is made once more by a turn that nobody could plan, it is
 * dispatched again, and the {@link #analyze analysis} says so.
 */
public final class TurnRun implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TurnRun.class.getName());
  private static final int REMEMBERED = 32;
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final TurnRunner runner;
  private final TurnScheme scheme;
  private final Optional<Graph> graph;
  private final RunOptions options;
  private final Instant began;
  private final ConcurrentHashMap<Call<?>, Node> table = new ConcurrentHashMap<>();
  private final Map<Ask<?>, Scope> scopes = new IdentityHashMap<>();
  private final Set<Scope> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong known = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicBoolean unswept = new AtomicBoolean();

  /** Why it is over; nothing before. */
  private volatile @Nullable Failure over;

  /** Guards all that follows. A flight's lock is never taken while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition calm = lock.newCondition();

  /** Threads at work for the run and acts that are out or wait to go out. */
  private int busy;

  /** Acts that nobody wants any more and that have not yet stopped. */
  private int lingering;

  private int out;
  private final ArrayDeque<Acting> queue = new ArrayDeque<>();
  private final Set<Acting> acts = new HashSet<>();
  private final List<Acting> subscriptions = new ArrayList<>();
  private @Nullable Node lastWrite;
  private final LinkedHashMap<Call<?>, Object> remembered = new LinkedHashMap<>();
  private Optional<Instant> ended = Optional.empty();

  TurnRun(TurnRunner runner, TurnScheme scheme, RunOptions options) {
    this.runner = runner;
    this.scheme = scheme;
    this.options = options;
    this.graph = scheme.graphIfNeeded();
    this.began = runner.clock().instant();
    for (var ask : scheme.asks()) {
      Scope scope =
          switch (ask) {
            case Ask.One<?> one -> new Result<>(this, one.label());
            case Ask.Each<?> each ->
                new Results<>(this, each.label(), each.turns(), options.ahead(), true);
          };
      scopes.put(ask, scope);
      open.add(scope);
    }
  }

  void begin() {
    options.within().ifPresent(this::limit);
    work(
        pump -> {
          for (var ask : scheme.asks())
            switch (ask) {
              case Ask.One<?> one -> {
                var result = (Result<?>) scope(one);
                pump.add(new Walk(this, result, result, 0, null, false, true, one.turn()));
              }
              case Ask.Each<?> each -> ((Results<?>) scope(each)).begin(pump);
            }
        });
  }

  private void limit(Duration longest) {
    var timer =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    Thread.sleep(longest);
                  } catch (InterruptedException e) {
                    return; // the run ended before
                  }
                  end(label -> new Failure.Late(label, longest));
                });
    timer.start();
    onClose = timer::interrupt;
  }

  private volatile Runnable onClose = () -> {};

  private Scope scope(Ask<?> ask) {
    var scope = scopes.get(ask);
    if (scope == null)
      throw new IllegalArgumentException(
          "%s was not asked of the scheme that this run runs".formatted(ask.label()));
    return scope;
  }

  /** What an asker gets. */
  @SuppressWarnings("unchecked") // the result was made for this very ask
  public <T> Result<T> result(Ask.One<T> ask) {
    return (Result<T>) scope(ask);
  }

  /** What an asker of a sequence gets. */
  @SuppressWarnings("unchecked") // the results were made for this very ask
  public <T> Results<T> results(Ask.Each<T> ask) {
    return (Results<T>) scope(ask);
  }

  /** Runs one more turn; calls that the run has already made are joined. */
  public <T> Result<T> submit(String label, Turn<T> turn) {
    var result = new Result<T>(this, label);
    submit(result, pump -> pump.add(new Walk(this, result, result, 0, null, false, false, turn)));
    return result;
  }

  /** Runs one more sequence of turns; calls that the run has already made are joined. */
  public <T> Results<T> submitEach(String label, List<? extends Turn<? extends T>> turns) {
    var results = new Results<T>(this, label, List.copyOf(turns), options.ahead(), false);
    submit(results, results::begin);
    return results;
  }

  private void submit(Scope scope, Work work) {
    if (!work(work, Optional.of(scope))) {
      var reason = over;
      scope.end(reason == null ? new Failure.Cancelled(scope.label()) : reason);
    }
  }

  void advance(Results<?> results) {
    work(results::begin);
  }

  /** How far it has come. */
  public Progress progress() {
    return new Progress(known.get(), done.get(), failed.get());
  }

  /** Ends the run: what has not ended is cancelled. */
  public void cancel() {
    end(Failure.Cancelled::new);
  }

  /** Cancels what has not ended and waits until all that it started has stopped. */
  @Override
  public void close() {
    cancel();
    onClose.run();
    runner.closed(this);
    boolean interrupted = false;
    long left = GRACE.toNanos();
    lock.lock();
    try {
      while ((busy > 0 || lingering > 0) && left > 0)
        try {
          left = calm.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true; // kept for the caller; what runs is told to stop already
        }
      if (left <= 0)
        LOG.log(
            System.Logger.Level.WARNING,
            "A run ended while %d of its acts did not heed their interruption"
                .formatted(lingering));
    } finally {
      lock.unlock();
      if (interrupted) Thread.currentThread().interrupt();
    }
    for (var node : table.values()) node.leaveSeat();
  }

  /** What happened, so far or in all. */
  public Analysis analyze() {
    Instant until;
    lock.lock();
    try {
      until = ended.orElseGet(runner.clock()::instant);
    } finally {
      lock.unlock();
    }
    return Analysis.of(List.copyOf(table.values()), progress(), repeated.get(), began, until);
  }

  // What results, walks, nodes and flights ask of it.

  Optional<Acting> lastActOf(Node node) {
    lock.lock();
    try {
      return node.acts.isEmpty() ? Optional.empty() : Optional.of(node.acts.getLast());
    } finally {
      lock.unlock();
    }
  }

  void ended(Scope scope) {
    open.remove(scope);
  }

  boolean isOver() {
    return over != null;
  }

  boolean isBatched(Turn.OrFrom<?, ?> orFrom) {
    var decided = graph.flatMap(g -> g.decision(orFrom));
    if (decided.isPresent()) return decided.get();
    return !isKnown(orFrom.single()) && isKnown(orFrom.batch());
  }

  private boolean isKnown(Turn<?> turn) {
    var calls = Calls.in(turn);
    return !calls.isEmpty()
        && calls.stream()
            .allMatch(
                call -> table.containsKey(call) || graph.filter(g -> g.plans(call)).isPresent());
  }

  /** The outcome of a call; nothing if the taker is told later. */
  @Nullable Object call(
      Call<?> call, Taker taker, int index, boolean planned, Scope scope, Pump pump) {
    while (true) {
      var node = call.seat();
      if (node == null || node.run != this) node = find(call);
      if (node == null) {
        var fresh = new Node(this, call, scope, isSettled(taker), wants(call, scope));
        node = table.putIfAbsent(call, fresh);
        if (node == null) {
          node = fresh;
          call.takenUp();
          if (!isSettled(taker)) known.incrementAndGet();
          begin(node, pump);
        }
      }
      var outcome = node.join(taker, index, planned, scope);
      if (!(outcome instanceof Node.End)) return outcome;
      node.call.sit(null);
      if (outcome == Node.End.GONE) table.remove(call, node);
      else {
        var again = again(call, node, scope, pump);
        if (again != null) return again;
      }
    }
  }

  /** Whether it is what became of a call that is counted already. */
  private static boolean isSettled(Taker taker) {
    return taker instanceof Node;
  }

  @SuppressWarnings("ReferenceEquality") // equal calls that are not the same have no seat
  private @Nullable Node find(Call<?> call) {
    var node = table.get(call);
    if (node != null && node.call == call) call.sit(node);
    return node;
  }

  private int wants(Call<?> call, Scope scope) {
    return graph.map(g -> g.wants(call)).orElse(0) != 0
        ? graph.get().wants(call)
        : scope.passes() ? 0 : Node.KEEP;
  }

  private @Nullable Object again(Call<?> call, Node released, Scope scope, Pump pump) {
    lock.lock();
    try {
      var value = remembered.get(call);
      if (value != null) return value;
    } finally {
      lock.unlock();
    }
    var fresh = new Node(this, call, scope, released.settled, Node.KEEP);
    if (table.replace(call, released, fresh)) {
      repeated.incrementAndGet();
      begin(fresh, pump);
    }
    return null;
  }

  void released(Call<?> call, Object value) {
    lock.lock();
    try {
      remembered.put(call, value);
      if (remembered.size() > REMEMBERED) remembered.pollFirstEntry();
    } finally {
      lock.unlock();
    }
  }

  private void begin(Node node, Pump pump) {
    if (node.call.hasEdges())
      pump.add(
          new Walk(
              this, node.first, new Ready(node), 0, node, false, true, Calls.arguments(node.call)));
    else enter(node, pump);
  }

  /** A call that waits for its arguments. */
  private final class Ready implements Taker {
    private final Node node;

    Ready(Node node) {
      this.node = node;
    }

    @Override
    public void take(int index, Object outcome, Pump pump) {
      if (outcome instanceof Broken) node.take(0, outcome, pump);
      else settle(node, node.call.settled((List<?>) outcome), pump);
    }

    @Override
    public boolean isWanted() {
      return node.isOpen();
    }
  }

  private void settle(Node node, Call<?> settled, Pump pump) {
    var outcome = call(settled, node, 0, false, node.first, pump);
    if (outcome != null) node.take(0, outcome, pump);
  }

  /** A write that waits for the one before it, however that ends. */
  private final class Turnstile implements Taker {
    private final Node node;

    Turnstile(Node node) {
      this.node = node;
    }

    @Override
    public void take(int index, Object outcome, Pump pump) {
      body(node, pump);
    }

    @Override
    public boolean isWanted() {
      return false; // it wants the order, not the outcome
    }
  }

  private void enter(Node node, Pump pump) {
    if (node.call.kind() == TurnExecution.Kind.WRITE) {
      Node before;
      lock.lock();
      try {
        before = lastWrite;
        lastWrite = node;
      } finally {
        lock.unlock();
      }
      if (before != null && before.join(new Turnstile(node), 0, false, node.first) == null) return;
    }
    body(node, pump);
  }

  private void body(Node node, Pump pump) {
    Turn<?> turn;
    try {
      turn = node.call.body();
    } catch (Throwable thrown) {
      var broken = Broken.of(thrown, node.call.toString());
      broken.failure().in(node.call);
      node.take(0, broken, pump);
      return;
    }
    if (turn instanceof Turn.Now<?>(var value) && value != null) node.take(0, value, pump);
    else new Walk(this, node.first, node, 0, node, true, true, turn).go(pump);
  }

  void ended(Object outcome) {
    if (outcome instanceof Broken) failed.incrementAndGet();
    else done.incrementAndGet();
  }

  void act(Walk walk, Node node, Act<?, ?> act) {
    var reached = runner.clock().instant();
    Acting acting;
    lock.lock();
    try {
      if (over != null) return;
      acting = new Acting(this, walk, node, act, node.acts.size(), reached);
      if (node.acts.isEmpty()) node.acts = new ArrayList<>(1);
      node.acts.add(acting);
      acts.add(acting);
      busy++;
      if (out == options.parallelism()) {
        queue.add(acting);
        return;
      }
      out++;
    } finally {
      lock.unlock();
    }
    depart(acting);
  }

  private void depart(Acting acting) {
    if (acting.ordinal == 0) options.observer().started(acting.node.call);
    runner
        .flights()
        .join(
            acting,
            options.from().isEmpty() && acting.node.call.kind() != TurnExecution.Kind.WRITE);
  }

  <R> R perform(Acting acting, Act<R, ?> act) throws InterruptedException {
    var call = acting.node.call;
    var recording = options.from();
    if (recording.isEmpty()) return act.perform(call);
    var answer = recording.get().answer(call, acting.ordinal);
    if (answer.isEmpty())
      throw new Failure.Unsupported(
          "%s is not in the recording: record the request again".formatted(call));
    if (answer.get() instanceof Failure failure) throw failure;
    @SuppressWarnings("unchecked") // the same call of the same act gave it
    var raw = (R) answer.get();
    return raw;
  }

  /** Takes what a flight brought, and goes on with it on this thread. */
  void arrived(Acting acting, Flight flight, Flight.Landing landing) {
    Optional<Acting> next;
    lock.lock();
    try {
      if (!acts.remove(acting)) return;
      next = nextOut();
      if (acting.node.call.kind() == TurnExecution.Kind.SUBSCRIBE) subscriptions.add(acting);
    } finally {
      lock.unlock();
    }
    acting.ended(flight, landing.ended());
    if (landing.outcome() instanceof Broken(var failure)) record(acting, failure);
    else if (landing.raw() != null) record(acting, landing.raw());
    next.ifPresent(this::depart);
    var pump = new Pump();
    acting.walk.take(0, landing.outcome(), pump);
    pump.drain();
    if (acting.ordinal == 0)
      options.observer().ended(acting.node.call, Optional.ofNullable(acting.node.failure()));
    leave();
  }

  private void record(Acting acting, Object answer) {
    options.into().ifPresent(into -> into.put(acting.node.call, acting.ordinal, answer));
  }

  private Optional<Acting> nextOut() {
    var next = Optional.ofNullable(queue.poll());
    if (next.isEmpty()) out--;
    return next;
  }

  void lingers(int more) {
    lock.lock();
    try {
      lingering += more;
      calm.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * An asker has its answer. What it no longer wants is given up when nobody else is left to want
   * it: until then another may still come to it, and a read is not asked for twice.
   */
  void sweepIfLast() {
    if (open.isEmpty()) unswept.set(true);
  }

  /** An asker left: what nobody else wants is given up. */
  void left(Scope scope) {
    work(_ -> unswept.set(true));
    List<Acting> free = new ArrayList<>();
    lock.lock();
    try {
      subscriptions.removeIf(held -> held.node.letGo(scope) && free.add(held));
    } finally {
      lock.unlock();
    }
    for (var held : free) {
      table.remove(held.node.call, held.node);
      runner.flights().leave(held);
    }
  }

  /** Gives up what nobody wants; that may leave something else unwanted. */
  private void sweep(Pump pump) {
    boolean again = true;
    while (again) {
      again = false;
      for (var node : table.values())
        if (node.giveUp(pump)) {
          again = true;
          table.remove(node.call, node);
          if (!node.settled) failed.incrementAndGet();
          drop(node);
        }
    }
  }

  private void drop(Node node) {
    List<Acting> dropped = new ArrayList<>();
    List<Acting> next = new ArrayList<>();
    lock.lock();
    try {
      for (var acting : node.acts)
        if (acts.remove(acting)) {
          busy--;
          acting.dropped = true;
          dropped.add(acting);
          if (!queue.remove(acting)) nextOut().ifPresent(next::add);
        }
    } finally {
      lock.unlock();
    }
    dropped.forEach(runner.flights()::leave);
    next.forEach(this::depart);
  }

  private interface Work {
    void prepare(Pump pump);
  }

  /** Works on this thread until nothing is left to do at once; false if the run is over. */
  private boolean work(Work work) {
    return work(work, Optional.empty());
  }

  /**
   * The same for one more asker, who is open from the moment that this thread counts as at work:
   * never without anybody who could answer it, and never missed when the run ends.
   */
  private boolean work(Work work, Optional<Scope> asker) {
    lock.lock();
    try {
      if (over != null) return false;
      busy++;
      asker.ifPresent(open::add);
    } finally {
      lock.unlock();
    }
    var pump = new Pump();
    work.prepare(pump);
    pump.drain();
    leave();
    return true;
  }

  /** Ends a thread's work. If nothing is under way that could still answer, the rest is told so. */
  private void leave() {
    while (unswept.getAndSet(false)) {
      var pump = new Pump();
      sweep(pump);
      pump.drain();
    }
    boolean stuck;
    lock.lock();
    try {
      busy--;
      stuck = busy == 0 && over == null;
      calm.signalAll();
      if (stuck)
        for (var scope : open)
          if (!scope.hasEnded())
            scope.end(
                new Failure.Bug(
                    "%s waits for itself: nothing is left to do that could answer it"
                        .formatted(scope.label())));
    } finally {
      lock.unlock();
    }
  }

  private void end(Function<String, Failure> reason) {
    List<Acting> left;
    lock.lock();
    try {
      if (over != null) return;
      over = reason.apply("The run");
      ended = Optional.of(runner.clock().instant());
      left = new ArrayList<>(subscriptions);
      subscriptions.clear();
      for (var acting : acts) {
        acting.dropped = true;
        left.add(acting);
      }
      // This thread counts as at work until it has told all acts to stop: who closes waits for it.
      busy += 1 - acts.size();
      acts.clear();
      queue.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(runner.flights()::leave);
    for (var scope : open) scope.end(reason.apply(scope.label()));
    lock.lock();
    try {
      busy--;
      calm.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
