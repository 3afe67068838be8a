package io.tradeflood.model;

import java.util.List;

/**
 * Asks for all that an exchange lists, such as its instruments.
 *
 * @param symbols only rows about one of these: symbols as ccxt writes them, the exchange's own
 *     names, or globs such as {@code *}{@code /USDT:USDT}; empty means all. The library filters,
 *     bindings need not look at it.
 */
public record CatalogQuery(List<String> symbols) implements Query {
  public CatalogQuery {
    symbols = List.copyOf(symbols);
  }

  /** Everything that is listed. */
  public CatalogQuery() {
    this(List.of());
  }
}
