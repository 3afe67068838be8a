package io.tradeflood;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user wrote to ask for something, on the command line or in a URL.
 *
 * @param exchange the exchange's id
 * @param symbols symbols as ccxt writes them, the exchange's own names, or globs such as {@code
 *     *}{@code /USDT:USDT}; may be empty for models that are not about one instrument
 * @param models the words for the models, at least one
 * @param options by name: {@code interval from to last limit depth}, and any other component of a
 *     query by its name; see {@link io.tradeflood.model.Query}
 * @param tenant whose credentials are used; empty for none
 */
public record Words(
    String exchange,
    List<String> symbols,
    List<String> models,
    Map<String, String> options,
    String tenant) {
  public Words {
    symbols = List.copyOf(symbols);
    models = List.copyOf(models);
    options = Map.copyOf(new LinkedHashMap<>(options));
  }

  /** Words without credentials. */
  public Words(
      String exchange, List<String> symbols, List<String> models, Map<String, String> options) {
    this(exchange, symbols, models, options, "");
  }
}
