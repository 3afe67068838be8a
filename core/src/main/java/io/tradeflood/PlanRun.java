package io.tradeflood;

import java.util.List;

/** A plan at work. Its requests fail on their own; close it to stop what still runs. */
public interface PlanRun extends AutoCloseable {
  /** What it works off. */
  Plan plan();

  /**
   * The rows of one of the plan's requests, as they come in. Can be read once.
   *
   * @throws IllegalArgumentException if the plan has no such request
   */
  <M> Rows<M> rows(Request<M> request);

  /** Waits for all rows of one of the plan's requests. Never fails: see {@link Answer#failure}. */
  <M> Answer<M> answer(Request<M> request);

  /** Waits for everything; the answers in the order of the requests. */
  List<Answer<?>> answers();

  /** How far it has come. */
  Progress progress();

  /** What was done so far, beside what was planned. */
  PlanAnalysis analyze();

  /** Stops everything; what was not answered fails as cancelled. */
  void cancel();

  /** Cancels what still runs and waits until nothing of it is left. */
  @Override
  void close();
}
