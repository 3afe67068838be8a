package io.tradeflood.turn;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs schemes; one for each application. Identical calls that are in flight for several runs at
 * once are made once. Thread-safe.
 */
public final class TurnRunner implements AutoCloseable {
  private final InstantSource clock;
  private final Flights flights;
  private final Set<TurnRun> runs = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** With the system's clock. */
  public TurnRunner() {
    this(InstantSource.system());
  }

  /** With a clock, which only tells what is written into analyses. */
  public TurnRunner(InstantSource clock) {
    this.clock = clock;
    this.flights = new Flights(clock);
  }

  /** Starts a run with {@link RunOptions#standard}. */
  public TurnRun start(TurnScheme scheme) {
    return start(scheme, RunOptions.standard());
  }

  /**
   * Starts a run. What can be done without waiting is done before this returns; everything that
   * reaches out does so on virtual threads.
   *
   * @throws IllegalStateException if the runner is closed
   */
  public TurnRun start(TurnScheme scheme, RunOptions options) {
    if (closed) throw new IllegalStateException("The runner is closed: make another");
    var run = new TurnRun(this, scheme, options);
    runs.add(run);
    run.begin();
    return run;
  }

  /** Cancels all runs and waits until they have ended. */
  @Override
  public void close() {
    closed = true;
    runs.forEach(TurnRun::close);
  }

  void closed(TurnRun run) {
    runs.remove(run);
  }

  Flights flights() {
    return flights;
  }

  InstantSource clock() {
    return clock;
  }
}
