package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * One reader's place in a feed. For one thread, best a virtual one: reading waits. It never fails:
 * when something went wrong the events end, and {@link #failure} says what it was.
 *
 * @param <M> the model
 */
public interface FeedReader<M> extends Iterator<Event<M>>, AutoCloseable {
  /**
   * Waits for the next event; false if there will be none. An interrupt ends the reading and stays
   * set.
   */
  @Override
  boolean hasNext();

  /**
   * The next event, waiting for it no longer than this.
   *
   * @return empty if none came in time, or none will
   */
  Optional<Event<M>> poll(Duration longest) throws InterruptedException;

  /** Whether there will be no more events, and none is left. */
  boolean isEnded();

  /** What went wrong, if anything did; known when {@link #hasNext} has said no. */
  Optional<Failure> failure();

  /** How many events wait to be read. */
  int lag();

  /** How many rows were dropped because this reader was too slow. */
  long dropped();

  /** Reads no more. The feed goes on for the others. Safe to call from any thread. */
  @Override
  void close();
}
