package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An instrument, of spot or a contract.
 *
 * @param symbol the exchange's name of it
 * @param status what may be done with it, in the market's own words
 * @param tickSize the step of prices
 * @param lotSize the step of sizes
 * @param minSize the smallest size of an order
 * @param minUsdt the smallest value of an order, in USDT
 * @param delivered whether it is a contract that ends
 * @param launched when it was listed, of contracts
 * @param delivery when it ends, of contracts that do
 */
public record BitgetSymbol(
    String symbol,
    String baseCoin,
    String quoteCoin,
    String status,
    BigDecimal tickSize,
    BigDecimal lotSize,
    Optional<BigDecimal> minSize,
    Optional<BigDecimal> minUsdt,
    boolean delivered,
    Optional<Instant> launched,
    Optional<Instant> delivery) {
  private static final Name SYMBOL = Name.of("symbol");
  private static final Name BASE_COIN = Name.of("baseCoin");
  private static final Name QUOTE_COIN = Name.of("quoteCoin");
  private static final Name STATUS = Name.of("status");
  private static final Name SYMBOL_STATUS = Name.of("symbolStatus");
  private static final Name SYMBOL_TYPE = Name.of("symbolType");
  private static final Name TYPE = Name.of("type");
  private static final Name PRICE_PRECISION = Name.of("pricePrecision");
  private static final Name QUANTITY_PRECISION = Name.of("quantityPrecision");
  private static final Name PRICE_PLACE = Name.of("pricePlace");
  private static final Name PRICE_END_STEP = Name.of("priceEndStep");
  private static final Name VOLUME_PLACE = Name.of("volumePlace");
  private static final Name SIZE_MULTIPLIER = Name.of("sizeMultiplier");
  private static final Name PRICE_MULTIPLIER = Name.of("priceMultiplier");
  private static final Name QUANTITY_MULTIPLIER = Name.of("quantityMultiplier");
  private static final Name MIN_TRADE_AMOUNT = Name.of("minTradeAmount");
  private static final Name MIN_TRADE_NUM = Name.of("minTradeNum");
  private static final Name MIN_ORDER_QTY = Name.of("minOrderQty");
  private static final Name MIN_ORDER_AMOUNT = Name.of("minOrderAmount");
  private static final Name MIN_TRADE_USDT = Name.of("minTradeUSDT");
  private static final Name LAUNCH_TIME = Name.of("launchTime");
  private static final Name DELIVERY_TIME = Name.of("deliveryTime");

  static BitgetSymbol readSpot(JsonScanner row) {
    return new BitgetSymbol(
        row.field(SYMBOL).readString(),
        row.field(BASE_COIN).readString(),
        row.field(QUOTE_COIN).readString(),
        row.field(STATUS).readWord(),
        step(row.field(PRICE_PRECISION).readInt()),
        step(row.field(QUANTITY_PRECISION).readInt()),
        decimal(row, MIN_TRADE_AMOUNT),
        decimal(row, MIN_TRADE_USDT),
        false,
        Optional.empty(),
        Optional.empty());
  }

  static BitgetSymbol readMix(JsonScanner row) {
    var tick =
        step(row.field(PRICE_PLACE).readInt()).multiply(row.field(PRICE_END_STEP).readDecimal());
    return new BitgetSymbol(
        row.field(SYMBOL).readString(),
        row.field(BASE_COIN).readString(),
        row.field(QUOTE_COIN).readString(),
        row.field(SYMBOL_STATUS).readWord(),
        tick,
        decimal(row, SIZE_MULTIPLIER).orElse(step(row.field(VOLUME_PLACE).readInt())),
        decimal(row, MIN_TRADE_NUM),
        decimal(row, MIN_TRADE_USDT),
        row.field(SYMBOL_TYPE).readWord().equals("delivery"),
        time(row, LAUNCH_TIME),
        time(row, DELIVERY_TIME));
  }

  static BitgetSymbol readUnified(JsonScanner row) {
    return new BitgetSymbol(
        row.field(SYMBOL).readString(),
        row.field(BASE_COIN).readString(),
        row.field(QUOTE_COIN).readString(),
        row.field(STATUS).readWord(),
        decimal(row, PRICE_MULTIPLIER).orElse(step(row.field(PRICE_PRECISION).readInt())),
        decimal(row, QUANTITY_MULTIPLIER).orElse(step(row.field(QUANTITY_PRECISION).readInt())),
        decimal(row, MIN_ORDER_QTY),
        decimal(row, MIN_ORDER_AMOUNT),
        row.find(TYPE) && row.readWord().equals("delivery"),
        time(row, LAUNCH_TIME),
        time(row, DELIVERY_TIME));
  }

  private static BigDecimal step(int digits) {
    return BigDecimal.valueOf(1, digits);
  }

  private static Optional<BigDecimal> decimal(JsonScanner row, Name name) {
    return row.find(name) ? row.readOptionalDecimal() : Optional.empty();
  }

  /** Nothing, zero and minus one mean that there is none. */
  private static Optional<Instant> time(JsonScanner row, Name name) {
    var time = row.find(name) ? row.readOptionalLong() : OptionalLong.empty();
    return time.isPresent() && time.getAsLong() > 0
        ? Optional.of(Instant.ofEpochMilli(time.getAsLong()))
        : Optional.empty();
  }
}
