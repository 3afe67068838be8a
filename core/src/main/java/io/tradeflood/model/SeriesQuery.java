package io.tradeflood.model;

/** Asks for a part of a history that has no interval: trades, funding rates. */
public record SeriesQuery(Symbol symbol, Window window) implements RangeQuery {}
