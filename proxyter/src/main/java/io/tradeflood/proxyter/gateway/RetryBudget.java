package io.tradeflood.proxyter.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Retries and hedges that may be asked of a target in vain: a fifth of the requests, with some
 * saved up, so that a target that is down is not asked three times as often.
 */
final class RetryBudget {
  private static final int PER_REQUEST = 1;
  private static final int PER_RETRY = 5;
  private static final int MOST = 200 * PER_RETRY;

  private final AtomicInteger saved = new AtomicInteger(MOST);

  void asked() {
    if (saved.get() < MOST) saved.addAndGet(PER_REQUEST);
  }

  /** So many retries were not in vain: the target was reached. */
  void giveBack(int retries) {
    int more = retries * PER_RETRY;
    if (more > 0) saved.updateAndGet(now -> Math.min(MOST, now + more));
  }

  boolean take() {
    while (true) {
      int before = saved.get();
      if (before < PER_RETRY) return false;
      if (saved.compareAndSet(before, before - PER_RETRY)) return true;
    }
  }
}
