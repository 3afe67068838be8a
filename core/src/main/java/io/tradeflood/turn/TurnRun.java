package io.tradeflood.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One run of a scheme: each of its calls is dispatched at most once, as soon as what it needs is
 * there. Whatever it started has ended when {@link #close} returns. Thread-safe.
 *
 * <p>The value of a call is kept as long as the run, so that calls found late join it. Only what
 * sequences ({@link TurnScheme#each}) alone want is let go once all that planned it have taken it,
 * but for the newest 32: a sequence may be of any length, and what a step will ask for that nobody
 * could plan is not known before. If such a call is made once more, it is kept from then on; was
 * its value gone by then, it is dispatched a second time, never a third, and the {@link #analyze
 * analysis} says so.
 */
public final class TurnRun implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TurnRun.class.getName());
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final TurnRunner runner;
  private final TurnScheme scheme;
  private final Optional<Graph> graph;
  private final RunOptions options;
  private final Instant began;
  private final Table table;
  private final Beginning beginning = new Beginning(this);
  private final Activity activity;
  private final Map<Ask<?>, Scope> scopes = new IdentityHashMap<>();
  private final AtomicLong known = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /** Whether there may be something that nobody wants any more. */
  private final AtomicBoolean unswept = new AtomicBoolean();

  /** Whether there may be a subscription that nobody holds any more. */
  private final AtomicBoolean unheld = new AtomicBoolean();

  TurnRun(TurnRunner runner, TurnScheme scheme, RunOptions options) {
    this.runner = runner;
    this.scheme = scheme;
    this.options = options;
    this.graph = scheme.graphIfNeeded();
    this.table = new Table(this, graph);
    this.activity = new Activity(options.parallelism());
    this.began = runner.clock().instant();
    for (var ask : scheme.asks()) {
      Scope scope =
          switch (ask) {
            case Ask.One<?> one -> new Result<>(this, one.label());
            case Ask.Each<?> each ->
                new Results<>(this, each.label(), each.turns(), options.ahead(), true);
          };
      scopes.put(ask, scope);
      activity.opens(scope);
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
    if (!work(work, Optional.of(scope)))
      scope.end(activity.over().orElseGet(() -> new Failure.Cancelled(scope.label())));
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
    int unheeding = activity.awaitCalm(GRACE);
    if (unheeding > 0)
      LOG.log(
          System.Logger.Level.WARNING,
          "A run ended while %d of its acts or steps did not heed their interruption"
              .formatted(unheeding));
    table.leaveSeats();
  }

  /** What happened, so far or in all. */
  public Analysis analyze() {
    var until = activity.ended().orElseGet(runner.clock()::instant);
    return Analysis.of(List.copyOf(table.nodes()), progress(), table.repeated(), began, until);
  }

  // What results, walks, nodes and flights ask of it.

  Activity activity() {
    return activity;
  }

  Table table() {
    return table;
  }

  boolean isOver() {
    return activity.isOver();
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
            .allMatch(call -> table.has(call) || graph.filter(g -> g.plans(call)).isPresent());
  }

  /** Begins a call that is new to the run. */
  void begin(Node node, Pump pump) {
    if (!node.settled) known.incrementAndGet();
    beginning.begin(node, pump);
  }

  /** Begins a call again whose value was let go; it is counted already. */
  void beginAgain(Node node, Pump pump) {
    beginning.begin(node, pump);
  }

  void ended(Object outcome) {
    if (outcome instanceof Broken) failed.incrementAndGet();
    else done.incrementAndGet();
  }

  void act(Walk walk, Node node, Act<?, ?> act) {
    var reached = runner.clock().instant();
    activity.admit(this, walk, node, act, reached).ifPresent(this::depart);
  }

  private void depart(Acting acting) {
    if (acting.ordinal == 0) options.observer().started(acting.node.call);
    runner
        .flights()
        .join(
            acting,
            options.from().isEmpty() && acting.node.call.kind() != TurnExecution.Kind.WRITE);
  }

  <R> R perform(Acting acting, Act<R, ?> act, Consumer<Move> moved) throws InterruptedException {
    var call = acting.node.call;
    var recording = options.from();
    if (recording.isEmpty()) return act.perform(call, moved);
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
    boolean held =
        acting.node.call.kind() == TurnExecution.Kind.SUBSCRIBE
            && !(landing.outcome() instanceof Broken);
    var next = activity.returned(acting, held);
    if (next.isEmpty()) return;
    acting.ended(flight, landing.ended());
    if (landing.outcome() instanceof Broken(var failure)) record(acting, failure);
    else if (landing.raw() != null) record(acting, landing.raw());
    next.get().forEach(this::depart);
    var pump = new Pump();
    acting.walk.take(0, landing.outcome(), pump);
    pump.drain();
    if (acting.ordinal == 0)
      options.observer().ended(acting.node.call, Optional.ofNullable(acting.node.failure()));
    if (held) unheld.set(true); // they may all have left while it was out
    leave();
  }

  private void record(Acting acting, Object answer) {
    options.into().ifPresent(into -> into.put(acting.node.call, acting.ordinal, answer));
  }

  /**
   * An asker failed. What it no longer wants is given up when nobody else is left to want it: until
   * then another may still come to it, and a read is not asked for twice.
   */
  void askerFailed() {
    unheld.set(true);
    if (activity.open().isEmpty()) unswept.set(true);
  }

  /** An asker left: what nobody else wants is given up. */
  void left() {
    work(_ -> unswept.set(true));
    free();
  }

  /** Lets go of subscriptions that nobody holds any more. */
  private void free() {
    for (var held : activity.free()) {
      table.remove(held.node);
      runner.flights().leave(held);
    }
  }

  /** Gives up what nobody wants; that may leave something else unwanted. */
  private void sweep(Pump pump) {
    boolean again = true;
    while (again) {
      again = false;
      for (var node : table.nodes())
        if (node.giveUp(pump)) {
          again = true;
          table.remove(node);
          if (!node.settled) failed.incrementAndGet();
          drop(node);
        }
    }
  }

  private void drop(Node node) {
    var dropped = activity.drop(node);
    dropped.left().forEach(runner.flights()::leave);
    dropped.next().forEach(this::depart);
  }

  private interface Work {
    void prepare(Pump pump);
  }

  /** Works on this thread until nothing is left to do at once; false if the run is over. */
  private boolean work(Work work) {
    return work(work, Optional.empty());
  }

  private boolean work(Work work, Optional<Scope> asker) {
    if (!activity.enter(asker)) return false;
    var pump = new Pump();
    work.prepare(pump);
    pump.drain();
    leave();
    return true;
  }

  /** Ends a thread's work, once what nobody wants or holds any more is given up. */
  private void leave() {
    while (unswept.getAndSet(false)) {
      var pump = new Pump();
      sweep(pump);
      pump.drain();
    }
    if (unheld.getAndSet(false)) free();
    activity.leave();
  }

  private void end(Function<String, Failure> reason) {
    var left = activity.end(reason.apply("The run"), runner.clock().instant());
    if (left.isEmpty()) return;
    left.get().forEach(runner.flights()::leave);
    for (var scope : activity.open()) scope.end(reason.apply(scope.label()));
    activity.leave();
  }
}
