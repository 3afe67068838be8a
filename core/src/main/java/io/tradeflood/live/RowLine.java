package io.tradeflood.live;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a feed in the line in which they are told: knows which have been, and which wait.
 *
 * @param <M> the model
 */
sealed interface RowLine<M> permits NumberedLine, DistinctLine {
  /** A row that waits, and how it came. */
  record Held<M>(M row, Arrival arrival) {}

  /** A row of the past, from before the feed began: it is not told, and known from now on. */
  void known(M row);

  /** A row of the stream; one that is known already is forgotten. */
  void offer(M row, Arrival arrival);

  /** A row that was fetched: it comes before all that wait. */
  void fetched(M row, Arrival arrival);

  /** The next one to be told; null if there is none, or one before it is missing. */
  @Nullable Held<M> poll();

  /** Whether rows wait for one that is missing before them. */
  boolean hasHole();

  /** The first one that waits. */
  Optional<M> firstWaiting();

  int waiting();

  /** What is missing will not come: the line goes on behind it. */
  void skipHole();

  /**
   * Rows of the stream wait from now on for those that are fetched, if nothing else orders them.
   */
  void hold();

  /** All that was fetched is there: those that waited may be told. */
  void release();
}
