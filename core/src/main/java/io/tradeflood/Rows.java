package io.tradeflood;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a request, ascending, as they come in; only a few pages are held at a time. To be
 * read by one thread. Reading waits for the next page; it never fails: when something went wrong
 * the rows end, and {@link #failure} says what it was.
 *
 * @param <M> the model
 */
public interface Rows<M> extends Iterator<M>, AutoCloseable {
  /** The question. */
  Request<M> request();

  /**
   * What is known of each piece of the range that was asked for, as {@link Answer#coverage}; whole
   * when {@link #hasNext} has said that there are no more rows.
   */
  List<Coverage> coverage();

  /** What went wrong first, if anything did; known when {@link #hasNext} has said no. */
  Optional<io.tradeflood.turn.Failure> failure();

  /** Gives up the rows that were not read; their calls are cancelled if nobody else waits. */
  @Override
  void close();
}
