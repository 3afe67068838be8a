package io.tradeflood.exchange.bitget;

import io.tradeflood.model.Candle;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.IndexCandle;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Interval;
import io.tradeflood.model.MarkCandle;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.PremiumCandle;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Ticker;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Failure;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Translates rows to models where several bindings do it alike. Pure. */
final class BitgetModels {
  private BitgetModels() {}

  static Candle candle(Interval interval, BitgetCandle row) {
    return new Candle(
        interval,
        row.time(),
        row.open(),
        row.high(),
        row.low(),
        row.close(),
        row.baseVolume(),
        Optional.of(row.quoteVolume()),
        OptionalLong.empty(),
        true,
        "rest");
  }

  /** A candle of a stream, open: nothing says when it has closed. */
  static Candle formingCandle(Interval interval, BitgetCandle row) {
    return new Candle(
        interval,
        row.time(),
        row.open(),
        row.high(),
        row.low(),
        row.close(),
        row.baseVolume(),
        Optional.of(row.quoteVolume()),
        OptionalLong.empty(),
        false,
        "stream");
  }

  static MarkCandle markCandle(Interval interval, BitgetPriceCandle row) {
    return new MarkCandle(interval, row.time(), row.open(), row.high(), row.low(), row.close());
  }

  static IndexCandle indexCandle(Interval interval, BitgetPriceCandle row) {
    return new IndexCandle(interval, row.time(), row.open(), row.high(), row.low(), row.close());
  }

  static PremiumCandle premiumCandle(Interval interval, BitgetPriceCandle row) {
    return new PremiumCandle(interval, row.time(), row.open(), row.high(), row.low(), row.close());
  }

  static Trade trade(BitgetTrade row) {
    return new Trade(row.id(), row.time(), row.price(), row.size(), side(row.side()));
  }

  private static Side side(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "buy" -> Side.BUY;
      case "sell" -> Side.SELL;
      default ->
          throw new Failure.Unreadable(
              "Expected a side of buy or sell, was \"%s\"".formatted(word));
    };
  }

  static OrderBook book(BitgetBook row) {
    return new OrderBook(Optional.of(row.time()), OptionalLong.empty(), row.bids(), row.asks());
  }

  static Ticker ticker(BitgetTicker row) {
    return new Ticker(
        row.time(),
        row.bidPrice(),
        row.bidSize(),
        row.askPrice(),
        row.askSize(),
        row.last(),
        row.open(),
        row.high(),
        row.low(),
        row.baseVolume(),
        row.quoteVolume());
  }

  static FundingRate fundingRate(BitgetFundingRate row) {
    return new FundingRate(row.time(), row.fundingRate(), row.nextUpdate());
  }

  static Instrument instrument(BitgetSymbol row, Symbol symbol) {
    return new Instrument(
        symbol,
        row.symbol(),
        symbol.isSpot()
            ? Instrument.Kind.SPOT
            : symbol.isSwap() ? Instrument.Kind.SWAP : Instrument.Kind.FUTURE,
        status(row.status()),
        Optional.of(row.tickSize()),
        Optional.of(row.lotSize()),
        row.minSize().filter(size -> size.signum() > 0),
        row.minUsdt().filter(_ -> symbol.quote().equals("USDT")),
        Optional.empty(),
        row.launched(),
        symbol.isFuture() ? row.delivery() : Optional.empty());
  }

  /** What is not known to be better is halted. */
  private static Instrument.Status status(String word) {
    return switch (word) {
      // Of contracts, limit_open still lets positions be closed and restrictedAPI all but orders by
      // API.
      case "online", "normal", "limit_open", "restrictedAPI" -> Instrument.Status.TRADING;
      case "gray", "listed" -> Instrument.Status.LISTED;
      case "offline", "off" -> Instrument.Status.CLOSED;
      default -> Instrument.Status.HALTED;
    };
  }
}
