package io.tradeflood;

import io.tradeflood.model.Query;

/**
 * A question to one exchange.
 *
 * @param exchange the exchange's id, such as {@code binance}
 * @param model what rows are wanted, a record
 * @param query which of them
 * @param tenant whose credentials are used; empty for none
 */
public record Request<M>(String exchange, Class<M> model, Query query, String tenant) {
  /** A question without credentials. */
  public static <M> Request<M> of(String exchange, Class<M> model, Query query) {
    return new Request<>(exchange, model, query, "");
  }
}
