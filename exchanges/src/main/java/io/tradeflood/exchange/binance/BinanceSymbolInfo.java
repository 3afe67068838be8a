package io.tradeflood.exchange.binance;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An instrument in {@code exchangeInfo}. What only some markets tell is optional; {@code
 * pricePrecision} is no tick size and not read.
 *
 * @param symbol the exchange's name of it
 * @param status what may be done with it, on spot and USDⓈ-M
 * @param contractStatus the same on COIN-M
 * @param contractType such as {@code PERPETUAL} or {@code CURRENT_QUARTER}, of contracts
 * @param marginAsset what it is settled in, of contracts
 * @param onboardDate when it was listed, in milliseconds, of contracts
 * @param deliveryDate when it is settled, in milliseconds; of perpetuals a day in 2100
 * @param contractSize what one contract stands for in the quote currency, on COIN-M
 */
public record BinanceSymbolInfo(
    String symbol,
    Optional<String> status,
    Optional<String> contractStatus,
    String baseAsset,
    String quoteAsset,
    Optional<String> marginAsset,
    Optional<String> contractType,
    OptionalLong onboardDate,
    OptionalLong deliveryDate,
    Optional<BigDecimal> contractSize,
    List<Filter> filters) {

  /**
   * A rule for orders.
   *
   * @param filterType its name, such as {@code PRICE_FILTER}; each uses some of the others
   * @param minNotional the smallest value of an order, on spot
   * @param notional the same on USDⓈ-M
   */
  public record Filter(
      String filterType,
      Optional<BigDecimal> tickSize,
      Optional<BigDecimal> stepSize,
      Optional<BigDecimal> minQty,
      Optional<BigDecimal> minNotional,
      Optional<BigDecimal> notional) {}

  /** The whole answer, as far as it is read. */
  public record All(List<BinanceSymbolInfo> symbols) {}

  /** The rule of the name. */
  Optional<Filter> filter(String name) {
    return filters.stream().filter(f -> f.filterType().equals(name)).findFirst();
  }
}
