package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.model.Query;
import io.tradeflood.turn.Turn;
import java.util.List;

/** All that a connector's side of the exchange lists: instruments. */
public non-sealed interface CatalogBinding<C extends Connector, Q extends Query, M>
    extends Binding<C, Q, M> {

  /** How to get it. */
  Turn<List<M>> plan(C connector, Q query);
}
