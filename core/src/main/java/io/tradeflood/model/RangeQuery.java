package io.tradeflood.model;

/** A query for a part of a history. */
public interface RangeQuery extends SymbolQuery {
  /** Which part of the history. */
  Window window();
}
