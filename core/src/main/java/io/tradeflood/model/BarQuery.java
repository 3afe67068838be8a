package io.tradeflood.model;

/** Asks for bars of one length as they form: candles of trades, of a mark or of an index price. */
public record BarQuery(Symbol symbol, Interval interval) implements SymbolQuery {}
