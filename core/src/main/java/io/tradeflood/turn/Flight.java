package io.tradeflood.turn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An act while it is done, for all runs that want it. The last one to leave cancels it. That of a
 * subscription stays after it has ended, and what it gave is closed when the last one leaves.
 */
final class Flight implements Runnable {
  private static final System.Logger LOG = System.getLogger(Flight.class.getName());

  final Flights flights;
  final Flights.@Nullable Key key;
  final Instant started;

  /** Written by the flight's own thread. */
  private volatile List<Move> moves = List.of();

  private final Acting pilot;
  private final Thread thread;

  /** Guards all that follows; while it is held a run's lock may be taken. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<Acting> boarded = new ArrayList<>(1);
  private boolean closed;
  private @Nullable Landing landing;
  private @Nullable TurnRun last;

  /** What an act gave: the raw answer, nothing if there was none, and what was made of it. */
  record Landing(@Nullable Object raw, Object outcome, Instant ended) {}

  Flight(Flights flights, Flights.@Nullable Key key, Acting pilot, Instant started) {
    this.flights = flights;
    this.key = key;
    this.pilot = pilot;
    this.started = started;
    this.thread = Thread.ofVirtual().name("turn ", 0).unstarted(this);
    boarded.add(pilot);
    pilot.flight = this;
  }

  void launch() {
    thread.start();
  }

  /** Joins in; false if it is too late. */
  boolean board(Acting acting) {
    Landing there;
    lock.lock();
    try {
      if (closed) return false;
      boarded.add(acting);
      acting.flight = this;
      there = landing;
    } finally {
      lock.unlock();
    }
    if (there != null) Thread.ofVirtual().start(() -> acting.run.arrived(acting, this, there));
    return true;
  }

  /** Leaves; the last one cancels what is not finished and closes what is held. */
  void leave(Acting acting) {
    Landing held;
    lock.lock();
    try {
      if (!boarded.remove(acting) || !boarded.isEmpty() || closed) return;
      closed = true;
      held = landing;
      if (held == null) {
        last = acting.run;
        last.activity().lingers(1);
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
    flights.remove(this);
    if (held != null) close(held);
  }

  @Override
  public void run() {
    var landed = fly(pilot.act);
    var told = land(landed);
    for (int i = 1; i < told.size(); i++) {
      var other = told.get(i);
      Thread.ofVirtual().start(() -> other.run.arrived(other, this, landed));
    }
    if (!told.isEmpty()) told.getFirst().run.arrived(told.getFirst(), this, landed);
  }

  private <R> Landing fly(Act<R, ?> act) {
    R raw = null;
    Object outcome;
    var call = pilot.node.call;
    try {
      if (isLeft()) throw new InterruptedException("left before it began");
      raw = pilot.run.perform(pilot, act, this::moved);
      outcome = act.read(raw);
      if (outcome == null)
        throw new Failure.Bug("The act of %s gave null, but must give a value".formatted(call));
    } catch (Throwable thrown) {
      var broken = Broken.of(thrown, call.toString());
      broken.failure().in(call);
      outcome = broken;
    }
    return new Landing(raw, outcome, flights.now());
  }

  private void moved(Move move) {
    var more = new ArrayList<>(moves);
    more.add(move);
    moves = List.copyOf(more);
  }

  /** By which other ways it has gone on until now. */
  List<Move> moves() {
    return moves;
  }

  private boolean isLeft() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private List<Acting> land(Landing landed) {
    boolean stays =
        pilot.node.call.kind() == TurnExecution.Kind.SUBSCRIBE
            && !(landed.outcome instanceof Broken);
    TurnRun left;
    List<Acting> told;
    lock.lock();
    try {
      left = last;
      told = List.copyOf(boarded);
      if (stays && !closed) landing = landed;
      else if (!closed) {
        closed = true;
        boarded.clear();
      }
    } finally {
      lock.unlock();
    }
    if (!stays) flights.remove(this);
    if (left != null) {
      if (stays) close(landed);
      left.activity().lingers(-1);
    }
    return told;
  }

  private static void close(Landing held) {
    if (!(held.outcome instanceof AutoCloseable closeable)) return;
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, "A subscription could not be closed: " + e.getMessage());
    }
  }
}
