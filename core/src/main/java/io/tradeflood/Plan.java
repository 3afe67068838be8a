package io.tradeflood;

import java.util.List;

/** What is to be done for some requests, written down; nothing runs before {@link #run}. */
public interface Plan {
  /** The questions, in the order they were asked. */
  List<Request<?>> requests();

  /** What would be done. No input, no output: same requests and same time, same text. */
  PlanExplanation explain();

  /** Starts it. The run must be closed. */
  PlanRun run();
}
