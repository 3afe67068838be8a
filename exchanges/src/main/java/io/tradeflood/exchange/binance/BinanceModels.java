package io.tradeflood.exchange.binance;

import io.tradeflood.model.AggTrade;
import io.tradeflood.model.Candle;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Liquidation;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Ticker;
import io.tradeflood.model.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/** Translates rows to models where several bindings do it alike. Pure. */
final class BinanceModels {
  private BinanceModels() {}

  static Trade trade(BinanceTrade row) {
    return new Trade(
        Long.toString(row.id()), row.time(), row.price(), row.qty(), taker(row.isBuyerMaker()));
  }

  /** The aggregate as a trade, with the aggregate's id. */
  static Trade trade(BinanceAggTrade row) {
    return new Trade(
        Long.toString(row.id()), row.time(), row.price(), row.qty(), taker(row.isBuyerMaker()));
  }

  static AggTrade aggTrade(BinanceAggTrade row) {
    return new AggTrade(
        Long.toString(row.id()),
        row.time(),
        row.price(),
        row.qty(),
        taker(row.isBuyerMaker()),
        Long.toString(row.firstId()),
        Long.toString(row.lastId()));
  }

  private static Side taker(boolean buyerWasMaker) {
    return buyerWasMaker ? Side.SELL : Side.BUY;
  }

  static OrderBook book(BinanceDepth depth) {
    return new OrderBook(
        depth.eventTime(), OptionalLong.of(depth.lastUpdateId()), depth.bids(), depth.asks());
  }

  /** A candle of a stream, of a market that counts turnover in the quote currency. */
  static Candle candle(Interval interval, BinanceKline.Event event) {
    var row = event.kline();
    return new Candle(
        interval,
        row.openTime(),
        row.open(),
        row.high(),
        row.low(),
        row.close(),
        row.volume(),
        Optional.of(row.turnover()),
        OptionalLong.of(row.trades()),
        event.closed(),
        "stream");
  }

  static Liquidation liquidation(BinanceForceOrder row) {
    return new Liquidation(
        row.time(), row.price(), row.qty(), row.side().equals("SELL") ? Side.SELL : Side.BUY);
  }

  static Ticker ticker(BinanceTicker row, BinanceTicker.Best best) {
    return new Ticker(
        row.closeTime(),
        best.bidPrice(),
        best.bidQty(),
        best.askPrice(),
        best.askQty(),
        Optional.of(row.lastPrice()),
        Optional.of(row.openPrice()),
        Optional.of(row.highPrice()),
        Optional.of(row.lowPrice()),
        Optional.of(row.volume()),
        row.quoteVolume());
  }

  /**
   * An instrument.
   *
   * @param symbol its symbol here, by rule
   * @param contractSize what one contract stands for, where sizes are in contracts
   */
  static Instrument instrument(
      BinanceSymbolInfo row, Symbol symbol, Optional<BigDecimal> contractSize) {
    var price = row.filter("PRICE_FILTER");
    var lot = row.filter("LOT_SIZE");
    var value = row.filter("NOTIONAL").or(() -> row.filter("MIN_NOTIONAL"));
    return new Instrument(
        symbol,
        row.symbol(),
        symbol.isSpot()
            ? Instrument.Kind.SPOT
            : symbol.isSwap() ? Instrument.Kind.SWAP : Instrument.Kind.FUTURE,
        status(row.status().or(row::contractStatus).orElse("")),
        price.flatMap(BinanceSymbolInfo.Filter::tickSize),
        lot.flatMap(BinanceSymbolInfo.Filter::stepSize),
        lot.flatMap(BinanceSymbolInfo.Filter::minQty),
        value
            .flatMap(BinanceSymbolInfo.Filter::minNotional)
            .or(() -> value.flatMap(BinanceSymbolInfo.Filter::notional)),
        contractSize,
        time(row.onboardDate()),
        symbol.isFuture() ? time(row.deliveryDate()) : Optional.empty());
  }

  private static Optional<Instant> time(OptionalLong milliseconds) {
    return milliseconds.isPresent() && milliseconds.getAsLong() > 0
        ? Optional.of(Instant.ofEpochMilli(milliseconds.getAsLong()))
        : Optional.empty();
  }

  /** What is not known to be better is halted: the exchange invents new words at times. */
  private static Instrument.Status status(String word) {
    return switch (word) {
      case "TRADING" -> Instrument.Status.TRADING;
      case "PRE_TRADING", "PENDING_TRADING" -> Instrument.Status.LISTED;
      case "CLOSE", "DELIVERED", "SETTLED" -> Instrument.Status.CLOSED;
      default -> Instrument.Status.HALTED;
    };
  }

  /** A contract's symbol, by its assets and the day in its name. */
  static Symbol contract(BinanceSymbolInfo row) {
    String settle = row.marginAsset().orElse(row.quoteAsset());
    int day = row.symbol().lastIndexOf('_') + 1;
    String tail = row.symbol().substring(day);
    return day > 0 && tail.matches("[0-9]{6}")
        ? Symbol.future(
            row.baseAsset(),
            row.quoteAsset(),
            settle,
            LocalDate.parse(tail, BinanceContractRest.DELIVERY))
        : Symbol.swap(row.baseAsset(), row.quoteAsset(), settle);
  }
}
