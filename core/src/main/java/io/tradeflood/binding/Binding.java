package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.model.Query;
import java.time.Instant;

/**
 * Ties one connector to one model. The three types are read off the interface; extending one of the
 * interfaces below is enough to be found and used:
 *
 * <ul>
 *   <li>{@link HistoryBinding}: rows on a grid of time, had by pages that are known beforehand;
 *   <li>{@link SequenceBinding}: rows numbered without holes, such as trades by id;
 *   <li>{@link CursorBinding}: rows that must be walked, each answer telling where to go on;
 *   <li>{@link SnapshotBinding}: the present value;
 *   <li>{@link CatalogBinding}: all that the exchange lists;
 *   <li>{@link LiveBinding}: rows as they happen;
 *   <li>{@link BookBinding}: an order book, kept from its changes.
 * </ul>
 *
 * <p>A binding is implemented by the library and has no state. One that extends another replaces
 * it; so does one marked {@link Replaces}.
 *
 * @param <C> the connector it is indexed under; others are had by {@link #connector}
 * @param <Q> the question it answers
 * @param <M> the model, a record
 */
public sealed interface Binding<C extends Connector, Q extends Query, M>
    permits HistoryBinding,
        SequenceBinding,
        CursorBinding,
        SnapshotBinding,
        CatalogBinding,
        LiveBinding,
        BookBinding {

  /**
   * Whether it can answer, before anything is requested. The library has already checked that the
   * connector {@link Connector#covers covers} the symbol, and applies what {@link
   * HistoryBinding#pages pages} declare by itself; this is for what else there is to say.
   *
   * @param now the present moment, UTC
   */
  default Availability availability(C connector, Q query, Instant now) {
    return Availability.can();
  }

  /** Another connector, for bindings that need more than one. Supplied by the library. */
  <D extends Connector> D connector(Class<D> type);
}
