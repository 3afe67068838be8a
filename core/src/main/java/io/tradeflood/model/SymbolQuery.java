package io.tradeflood.model;

/** A query about one instrument. */
public interface SymbolQuery extends Query {
  /** The instrument asked for. */
  Symbol symbol();
}
