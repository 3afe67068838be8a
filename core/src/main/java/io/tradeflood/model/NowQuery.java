package io.tradeflood.model;

/** Asks for the present value: a ticker, a mark price, an instrument. */
public record NowQuery(Symbol symbol) implements SymbolQuery {}
