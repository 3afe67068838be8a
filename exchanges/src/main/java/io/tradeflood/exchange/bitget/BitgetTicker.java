package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last 24 hours of an instrument.
 *
 * @param symbol the exchange's name of it
 * @param baseVolume in the base currency
 * @param quoteVolume in the quote currency
 * @param time when it was so
 */
public record BitgetTicker(
    String symbol,
    Optional<BigDecimal> last,
    Optional<BigDecimal> open,
    Optional<BigDecimal> high,
    Optional<BigDecimal> low,
    Optional<BigDecimal> bidPrice,
    Optional<BigDecimal> bidSize,
    Optional<BigDecimal> askPrice,
    Optional<BigDecimal> askSize,
    Optional<BigDecimal> baseVolume,
    Optional<BigDecimal> quoteVolume,
    Instant time) {
  private static final Name SYMBOL = Name.of("symbol");
  private static final Name INST_ID = Name.of("instId");
  private static final Name TS = Name.of("ts");

  /** The fields' names, in the order of the components. */
  private record Names(List<Name> fields) {
    static Names of(String... names) {
      return new Names(Stream.of(names).map(Name::of).toList());
    }

    Optional<BigDecimal> read(JsonScanner row, int index) {
      return row.find(fields.get(index)) ? row.readOptionalDecimal() : Optional.empty();
    }

    /** A price of zero says that nobody bids or asks. */
    Optional<BigDecimal> readIfAny(JsonScanner row, int index) {
      return read(row, index).filter(price -> price.signum() != 0);
    }
  }

  private static final Names SPOT =
      Names.of(
          "lastPr",
          "open",
          "high24h",
          "low24h",
          "bidPr",
          "bidSz",
          "askPr",
          "askSz",
          "baseVolume",
          "quoteVolume");
  private static final Names MIX =
      Names.of(
          "lastPr",
          "open24h",
          "high24h",
          "low24h",
          "bidPr",
          "bidSz",
          "askPr",
          "askSz",
          "baseVolume",
          "quoteVolume");
  private static final Names UNIFIED =
      Names.of(
          "lastPrice",
          "openPrice24h",
          "highPrice24h",
          "lowPrice24h",
          "bid1Price",
          "bid1Size",
          "ask1Price",
          "ask1Size",
          "volume24h",
          "turnover24h");

  static BitgetTicker readSpot(JsonScanner row) {
    return read(row, SPOT, SYMBOL);
  }

  static BitgetTicker readMix(JsonScanner row) {
    return read(row, MIX, SYMBOL);
  }

  /** As streams tell it, of all markets. */
  static BitgetTicker readEvent(JsonScanner row) {
    return read(row, MIX, INST_ID);
  }

  static BitgetTicker readUnified(JsonScanner row) {
    return read(row, UNIFIED, SYMBOL);
  }

  private static BitgetTicker read(JsonScanner row, Names names, Name symbol) {
    var bid = names.readIfAny(row, 4);
    var ask = names.readIfAny(row, 6);
    return new BitgetTicker(
        row.field(symbol).readString(),
        names.read(row, 0),
        names.read(row, 1),
        names.read(row, 2),
        names.read(row, 3),
        bid,
        bid.isPresent() ? names.read(row, 5) : bid,
        ask,
        ask.isPresent() ? names.read(row, 7) : ask,
        names.read(row, 8),
        names.read(row, 9),
        row.field(TS).readInstant());
  }
}
