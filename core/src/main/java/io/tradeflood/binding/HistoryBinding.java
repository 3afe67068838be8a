package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A history on a grid of time: candles, and whatever has a known number of rows in a range. It
 * declares its {@link Pages} and plans one page; the library cuts the range, merges, sorts, filters
 * and marks open bars.
 */
public non-sealed interface HistoryBinding<C extends Connector, Q extends RangeQuery, M extends Row>
    extends Binding<C, Q, M> {

  /** The grid, the sizes, costs and order of pages, and how far back they reach. */
  Pages pages(Q query);

  /** One page. Rows outside it, in any order and double, are tolerated; missing ones are not. */
  Turn<List<M>> plan(C connector, Q query, Page page);

  /**
   * The exchange's clock, asked before a page that may hold an open bar. Without one this machine's
   * clock judges, with a margin.
   */
  default Optional<Turn<Instant>> clock(C connector) {
    return Optional.empty();
  }
}
