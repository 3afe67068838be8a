package io.tradeflood.live;

import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a feed in the line in which they are told: knows which have been, and which wait.
 *
 * @param <M> the model
 */
sealed interface RowLine<M> permits NumberedLine, HeldLine {
  /** A row that waits, and how it came. */
  record Held<M>(M row, Arrival arrival) {}

  /** What rows are called in a sentence. */
  default String kind() {
    return "rows";
  }

  /** Whether a hole may be due to messages that overtook one another. */
  default boolean mayBeOvertaken() {
    return true;
  }

  /** How long an exchange's history may lag behind its stream. */
  default Duration settling() {
    return Duration.ofMillis(500);
  }

  /**
   * Of the past that came with a subscription, the rows that the feed tells. The others are known
   * from now on.
   *
   * @param isOld whether a row is from before the feed began
   */
  default List<? extends M> news(List<? extends M> past, Predicate<? super M> isOld) {
    var news = new ArrayList<M>();
    for (M row : past) {
      if (isOld.test(row)) known(row);
      else news.add(row);
    }
    return news;
  }

  /** A row of the past, from before the feed began: it is not told, and known from now on. */
  void known(M row);

  /** A row of the stream; one that is known already is forgotten. */
  void offer(M row, Arrival arrival);

  /** What is missing is asked for. */
  default void asks(Instant when) {}

  /** A row that was fetched: it comes before all that wait. */
  void fetched(M row, Arrival arrival);

  /** The next one to be told; null if there is none, or one before it is missing. */
  @Nullable Held<M> poll();

  /** Whether rows wait for one that is missing before them. */
  boolean hasHole();

  /** Whether nothing can be missing when all of the past was fetched without a failure. */
  boolean isWhole();

  /**
   * From when on rows may be missing; empty if none can be.
   *
   * @param lastTold the time of the last row that was told, or when the feed began
   */
  default Optional<Instant> missingFrom(Instant lastTold) {
    return Optional.of(lastTold);
  }

  /**
   * The range of the rows that cannot be had; empty if none is known to be missing.
   *
   * @param lastTold as for {@link #missingFrom}
   */
  default Optional<TimeRange> lost(Instant lastTold, Instant now) {
    Instant from = missingFrom(lastTold).orElse(lastTold);
    Instant to =
        firstWaiting()
            .map(row -> row instanceof Row timed ? timed.time() : Instant.MAX)
            .orElse(now);
    return Optional.of(new TimeRange(from, to.isAfter(from) ? to : from.plusMillis(1)));
  }

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
