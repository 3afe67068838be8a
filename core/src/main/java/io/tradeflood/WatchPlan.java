package io.tradeflood;

import java.util.List;
import java.util.function.Consumer;

/** What is to be done to watch some requests, written down; nothing runs before {@link #start}. */
public interface WatchPlan {
  /** The requests, in the order they were made. */
  List<Request<?>> requests();

  /**
   * What would be done: the subscriptions, and what is fetched before books stand and how long that
   * takes. No input, no output.
   */
  PlanExplanation explain();

  /** Subscribes, and returns at once: the feeds tell when they are connected. */
  default Watch start() {
    return start(_ -> {});
  }

  /**
   * As {@link #start()}, but who attaches to the feeds, or reads them, before anything begins
   * misses nothing.
   *
   * @param first what is done with the watch before it begins
   */
  Watch start(Consumer<? super Watch> first);
}
