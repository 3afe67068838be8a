package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.live.Pace;
import io.tradeflood.model.Query;

/**
 * The present value of one instrument, which is also asked for again and again for who watches it:
 * where the exchange has no stream of it. A {@link LiveBinding} of the same model comes first.
 *
 * <p>Nothing else is to be said: the call, its limits and its route are those of a single one. A
 * value is told once, until it changes, its time included.
 */
public interface PolledBinding<C extends Connector, Q extends Query, M>
    extends SnapshotBinding<C, Q, M> {

  /** How often it is asked for. */
  default Pace pace() {
    return Pace.STANDARD;
  }
}
