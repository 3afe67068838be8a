package io.tradeflood.connector;

import java.time.Duration;
import java.util.List;

/**
 * A service that makes calls wait, since exchanges set limits. A run's progress tells of it: see
 * {@link ServiceProvider}.
 */
public interface Waiting {
  /** What is waited for now, by name; empty if nothing is. */
  List<Wait> waits();

  /**
   * A limit that calls wait for.
   *
   * @param limit the limit's name, such as {@code binance.spot-rest weight}
   * @param egress the way by which the exchange is reached, such as {@code direct}
   * @param calls how many calls wait for their share of it
   * @param left about how long until all of them have had it, or until the pause that the exchange
   *     wants is over
   * @param pause whether the exchange itself has asked for a pause, or has set a ban
   */
  record Wait(String limit, String egress, int calls, Duration left, boolean pause) {}
}
