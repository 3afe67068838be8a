package io.tradeflood.model;

import java.util.OptionalInt;

/**
 * Asks for the present order book.
 *
 * @param depth at least so many levels a side are wanted, and no more are given; empty means what
 *     the exchange gives by itself
 */
public record BookQuery(Symbol symbol, OptionalInt depth) implements SymbolQuery {
  public BookQuery {
    if (depth.isPresent() && depth.getAsInt() < 1)
      throw new IllegalArgumentException(
          "A depth must be at least 1, was " + depth.getAsInt() + ": leave it out for the default");
  }

  /** The book as deep as the exchange gives by itself. */
  public BookQuery(Symbol symbol) {
    this(symbol, OptionalInt.empty());
  }
}
