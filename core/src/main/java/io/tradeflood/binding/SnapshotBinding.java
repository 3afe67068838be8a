package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.model.SymbolQuery;
import io.tradeflood.turn.Turn;

/** The present value of one instrument: a ticker, a book. It can be had now, never as history. */
public non-sealed interface SnapshotBinding<C extends Connector, Q extends SymbolQuery, M>
    extends Binding<C, Q, M> {

  /** How to get it. */
  Turn<M> plan(C connector, Q query);
}
