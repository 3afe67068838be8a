package io.tradeflood.model;

import java.time.Instant;

/**
 * A model that forms a history: each row has a place in time. Histories are ascending by {@link
 * #time()}; rows of one time are told apart by {@link #id()}.
 */
public interface Row {
  /**
   * The place of this row in its history, in UTC: the start of a candle, the moment of a trade.
   *
   * @return never null
   */
  Instant time();

  /**
   * What tells this row from another of the same time; empty where the time alone does, as for
   * candles.
   */
  default String id() {
    return "";
  }
}
