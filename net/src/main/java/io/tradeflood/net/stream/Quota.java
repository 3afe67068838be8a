package io.tradeflood.net.stream;

import java.util.ArrayDeque;
import java.util.Optional;

/** Counts what is sent in a window that slides. Belongs to one thread. */
final class Quota {
  private final int most;
  private final long window;

  /** When the last ones were sent, oldest first; none where nothing is limited. */
  private final ArrayDeque<Long> sent = new ArrayDeque<>();

  Quota(Optional<StreamLimits.Rate> rate) {
    most = rate.map(StreamLimits.Rate::most).orElse(Integer.MAX_VALUE);
    window = rate.map(one -> one.window().toNanos()).orElse(0L);
  }

  /** How many may be sent now. */
  int left(long now) {
    while (!sent.isEmpty() && now - sent.peek() >= window) sent.poll();
    return most - sent.size();
  }

  /** How long until one may be sent, in nanoseconds; 0 for now. */
  long waitFor(long now) {
    return left(now) > 0 ? 0 : sent.element() + window - now;
  }

  /** One is sent. */
  void sent(long now) {
    if (window > 0) sent.add(now);
  }

  /** It counts from nothing again. */
  void clear() {
    sent.clear();
  }
}
