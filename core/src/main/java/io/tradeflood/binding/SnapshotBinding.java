package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.model.Query;
import io.tradeflood.turn.Turn;

/**
 * The present value of one instrument, such as a ticker or a book, or of an exchange, such as its
 * clock. It can be had now, never as history.
 */
public non-sealed interface SnapshotBinding<C extends Connector, Q extends Query, M>
    extends Binding<C, Q, M> {

  /** How to get it. */
  Turn<M> plan(C connector, Q query);
}
