package io.tradeflood.proxyter.gateway;

import static java.util.stream.Collectors.joining;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.gateway.Choice.Full;
import io.tradeflood.proxyter.gateway.Choice.Grant;
import io.tradeflood.proxyter.gateway.Choice.None;
import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.health.Attempt;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.health.Signal.Blame;
import io.tradeflood.proxyter.hop.Failure;
import io.tradeflood.proxyter.pool.Selection;
import io.tradeflood.proxyter.pool.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gets one client a way to its target: chooses, waits for room, dials, tries another proxy when one
 * fails and a second beside one that is silent. Lives on the client's event loop; only {@link
 * #choose} is called from elsewhere, while it waits.
 */
final class Setup implements WaitingRoom.Waiter {
  /** So many proxies must blame the target before it is believed. */
  private static final int ENOUGH_BLAME = 2;

  /** So many limits at most are named to a client that they refuse. */
  private static final int MOST_NAMED = 3;

  @Nullable Setup previous;
  @Nullable Setup next;

  private final Worker worker;
  private final Engine engine;
  private final Ask ask;
  private final Asker asker;
  private final Settings.Route route;
  private final long began;
  private final long deadline;
  private final List<Dial> inFlight = new ArrayList<>(2);
  private final List<Upstream> tried = new ArrayList<>(3);
  private final Failures failures = new Failures();
  private long lastDial;
  private long waitsSince;
  private boolean waits;
  private boolean hedged;
  private int retriesTaken;
  private boolean ended;
  private long roomAt = Long.MAX_VALUE;

  Setup(Worker worker, Ask ask, Asker asker) {
    this.worker = worker;
    this.engine = worker.engine();
    this.ask = ask;
    this.asker = asker;
    this.route = ask.admission().route().settings();
    this.began = worker.nanos();
    this.deadline = began + ask.admission().payload().budget().orElse(route.budget()).toNanos();
  }

  void start() {
    Optional<String> down = engine.health().originDown(ask.origin(), worker.now());
    if (down.isPresent()) {
      asker.refused(Failures.originDown(down.get()));
      return;
    }
    worker.begin(this);
    plan().retries().asked();
    if (plan().room().size() > 0) await();
    else proceed();
  }

  private RoutePlan plan() {
    return ask.admission().route();
  }

  private void proceed() {
    switch (choose(worker.selection())) {
      case Grant grant -> dial(grant);
      case Full full -> {
        if (inFlight.isEmpty()) await(full.at());
      }
      case None none -> {
        if (inFlight.isEmpty()) refuse(none);
      }
    }
  }

  @Override
  public Choice choose(Selection selection) {
    return choosing(selection).choose();
  }

  private Choosing choosing(Selection selection) {
    return new Choosing(
        ask.under(engine.snapshot()),
        tried,
        engine.health(),
        engine.sessions(),
        selection,
        worker.now());
  }

  private void await(long at) {
    roomAt = at;
    long wait = at == Long.MAX_VALUE ? 0 : Duration.ofMillis(at - worker.now()).toNanos();
    if (wait > deadline - worker.nanos()) {
      limited("no room before the time given is over");
      return;
    }
    await();
  }

  private void await() {
    waits = true;
    waitsSince = worker.nanos();
    engine.waiting(1);
    if (plan().room().enter(this, route.queue())) engine.look(plan().room());
    else {
      stopWaiting();
      limited("%d wait for room already".formatted(route.queue()));
    }
  }

  private void stopWaiting() {
    if (!waits) return;
    waits = false;
    plan().counts().waited(worker.nanos() - waitsSince);
    engine.waiting(-1);
    plan().room().leave(this);
  }

  @Override
  public Object wants() {
    var payload = ask.admission().payload();
    return List.of(
        ask.admission().client().name(),
        ask.origin(),
        payload.groups(),
        payload.tags(),
        payload.excluded(),
        payload.session(),
        payload.cost());
  }

  @Override
  public int priority() {
    return ask.admission().payload().priority();
  }

  @Override
  public void called(Choice choice) {
    worker.loop().execute(() -> go(choice));
  }

  private void go(Choice choice) {
    stopWaiting();
    switch (choice) {
      case Grant grant -> {
        if (ended) giveBack(grant);
        else dial(grant);
      }
      case None none -> {
        if (!ended) refuse(none);
      }
      case Full full -> {
        if (!ended) await(full.at());
      }
    }
  }

  private void giveBack(Grant grant) {
    grant.member().upstream().load().setupLeft();
    grant.setups().undo(worker.now());
    grant.held().undo(worker.now());
    engine.released();
  }

  private void dial(Grant grant) {
    tried.add(grant.member().upstream());
    lastDial = worker.nanos();
    var dial = new Dial(this, worker, grant, asker.handshakes(grant));
    inFlight.add(dial);
    dial.start();
  }

  /** A dial is through. */
  void opened(Dial dial) {
    inFlight.remove(dial);
    if (ended) throw new IllegalStateException("a dial went on after the end");
    long nanos = worker.nanos();
    boolean hedgeWon = hedged && !inFlight.isEmpty() && inFlight.get(0).began() < dial.began();
    if (hedgeWon) plan().counts().count(Outcome.HEDGE_WON);
    plan().retries().giveBack(retriesTaken + (hedgeWon ? 1 : 0));
    end();
    giveUpOthers(nanos);
    Grant grant = dial.grant();
    grant.setups().close(worker.now());
    grant.member().upstream().load().setupEnded(nanos - dial.began(), worker.now());
    plan().usual().add(nanos - dial.began());
    grant.pool().setups().add(nanos - dial.began());
    engine.released();
    asker.opened(dial);
  }

  /** Those that lost: who never said a word is told of as silent. */
  private void giveUpOthers(long nanos) {
    for (Dial loser : List.copyOf(inFlight)) {
      long elapsed = nanos - loser.began();
      boolean silent = loser.isSilent() && !loser.isPatient() && elapsed >= plan().hedgeNanos();
      String reached = loser.phase();
      loser.close();
      Grant grant = loser.grant();
      if (silent) {
        grant.member().upstream().load().setupFailed(elapsed, worker.now());
        report(loser, Signal.CONNECT_SILENT, reached, OptionalLong.empty());
      } else grant.member().upstream().load().setupLeft();
      release(loser);
    }
    inFlight.clear();
  }

  private void release(Dial dial) {
    long now = worker.now();
    dial.grant().setups().close(now);
    if (dial.wasAsked()) dial.grant().held().close(now);
    else dial.grant().held().undo(now);
    engine.released();
  }

  /** A dial came to nothing. */
  void failed(Dial dial, Failure failure, String reached) {
    inFlight.remove(dial);
    dial.grant()
        .member()
        .upstream()
        .load()
        .setupFailed(worker.nanos() - dial.began(), worker.now());
    report(dial, failure.signal(), reached, failure.retryAfter());
    release(dial);
    if (ended) return;
    failures.add(dial.grant(), failure);
    if (failures.blamesOfOrigin() >= ENOUGH_BLAME || failure.signal() == Signal.LOCAL) {
      finish();
      return;
    }
    if (mayTryAgain(failure.signal())) {
      plan().counts().retried(failure.signal());
      proceed();
    } else if (inFlight.isEmpty()) finish();
  }

  /** A dial was not begun, as its target may not be reached so; the watcher need not know. */
  void forbidden(Dial dial, Refusal refusal) {
    inFlight.remove(dial);
    dial.grant().member().upstream().load().setupLeft();
    release(dial);
    if (ended) return;
    failures.forbid(refusal);
    if (tried.size() < route.tries()) proceed();
    else if (inFlight.isEmpty()) finish();
  }

  /** A target that fails is asked less; a proxy that fails alone costs the target nothing. */
  private boolean mayTryAgain(Signal signal) {
    if (tried.size() >= route.tries()) return false;
    boolean free = signal.blame() == Blame.PROXY || signal.blame() == Blame.PAIR;
    if (free) return true;
    boolean taken = plan().retries().take();
    if (taken) retriesTaken++;
    return taken;
  }

  /** Called every few milliseconds. */
  void look(long nanos) {
    if (ended) return;
    if (nanos - deadline >= 0 && !isPatient(nanos)) {
      expire();
      return;
    }
    if (waits || inFlight.isEmpty()) return;
    Settings.Health times = ask.admission().snapshot().settings().health();
    for (int i = inFlight.size() - 1; i >= 0 && i < inFlight.size(); i--) {
      inFlight.get(i).look(nanos, times);
      if (ended) return;
    }
    if (!inFlight.isEmpty()
        && nanos - lastDial >= plan().hedgeNanos()
        && tried.size() < route.tries()
        && plan().retries().take()) hedge();
  }

  private void hedge() {
    lastDial = worker.nanos();
    if (choose(worker.selection()) instanceof Grant grant) {
      hedged = true;
      plan().counts().count(Outcome.HEDGED);
      dial(grant);
    }
  }

  private boolean isPatient(long nanos) {
    for (Dial dial : inFlight)
      if (dial.isPatient()) return nanos - began < route.maxIdle().toNanos();
    return false;
  }

  private void expire() {
    if (waits) {
      limited("no room in the time given");
      return;
    }
    giveUpOthers(worker.nanos());
    failures.expired(Duration.ofNanos(deadline - began).toMillis());
    finish();
  }

  private void limited(String details) {
    end();
    // Room may have come and gone while it waited: what holds is when there will be some next.
    switch (choose(worker.selection())) {
      case Full full -> roomAt = full.at();
      case Grant grant -> giveBack(grant);
      case None _ -> {}
    }
    Set<Scope.Lack> lacks = choosing(worker.selection()).lacks();
    lacks.forEach(lack -> lack.limit().refused());
    asker.refused(
        Refusal.limited(
            "limits of %s are exhausted%s: %s"
                .formatted(ask.admission().payload().type(), named(lacks), details),
            Refusal.secondsUntil(roomAt, worker.now())));
  }

  private static String named(Set<Scope.Lack> lacks) {
    if (lacks.isEmpty()) return "";
    String first =
        lacks.stream().limit(MOST_NAMED).map(Scope.Lack::toString).collect(joining(", "));
    int more = lacks.size() - MOST_NAMED;
    return " (" + first + (more > 0 ? " and %d more".formatted(more) : "") + ")";
  }

  private void refuse(None none) {
    if (!failures.isEmpty()) {
      finish();
      return;
    }
    end();
    asker.refused(
        Refusal.unavailable(none.why(), Refusal.secondsUntil(none.at(), worker.now()))
            .received(none.received()));
  }

  private void finish() {
    giveUpOthers(worker.nanos());
    end();
    asker.refused(failures.refusal());
  }

  private void end() {
    ended = true;
    stopWaiting();
    worker.end(this);
  }

  /** The client has gone: everything is closed, nobody is blamed. */
  void cancel() {
    if (ended) return;
    end();
    plan().counts().count(Outcome.CLIENT_LEFT);
    for (Dial dial : List.copyOf(inFlight)) {
      dial.close();
      dial.grant().member().upstream().load().setupLeft();
      release(dial);
    }
    inFlight.clear();
  }

  private void report(Dial dial, Signal signal, String phase, OptionalLong retryAfter) {
    report(worker, dial, signal, phase, retryAfter, 0);
  }

  /** Tells the watcher. */
  static void report(
      Worker worker, Dial dial, Signal signal, String phase, OptionalLong retryAfter, long lease) {
    Grant grant = dial.grant();
    report(worker, grant, signal, phase, worker.nanos() - dial.began(), retryAfter, lease);
  }

  static void report(
      Worker worker,
      Grant grant,
      Signal signal,
      String phase,
      long nanos,
      OptionalLong retryAfter,
      long lease) {
    Instant at = Instant.ofEpochMilli(worker.now());
    worker
        .engine()
        .health()
        .attempted(
            new Attempt(
                at,
                grant.proxy(),
                grant.ask().origin(),
                grant.target().toString(),
                grant.pool().id(),
                grant.ask().admission().payload().type(),
                signal,
                phase,
                nanos / 1_000_000,
                retryAfter.isPresent()
                    ? Optional.of(at.plusMillis(retryAfter.getAsLong()))
                    : Optional.empty(),
                lease));
  }
}
