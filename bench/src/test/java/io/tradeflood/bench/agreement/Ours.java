package io.tradeflood.bench.agreement;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.model.AggTrade;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Query;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Ticker;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.model.Window;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** A market that stands still, and what we read of it. */
final class Ours implements AutoCloseable {
  /** When it stands still: in a minute, so that one candle is open. */
  static final Instant NOW = Instant.parse("2025-03-14T09:26:53.589Z");

  /** What is asked for of candles: a part of the past, more than one page for some. */
  static final TimeRange CANDLES = TimeRange.parse("2025-03-12T20:00:00Z/PT10H");

  /** How many of trades and levels. */
  static final int ROWS = 100;

  private final Simulator simulator;
  private final TradeFlood flood;

  Ours() {
    simulator = Simulator.start(SimulatorOptions.defaults().frozenAt(NOW));
    var builder = TradeFlood.builder().clock(InstantSource.fixed(NOW));
    simulator.hosts().forEach(builder::host);
    flood = builder.build();
  }

  /** Where the exchanges are. */
  String baseUrl() {
    return simulator.baseUrl().toString();
  }

  /** How many requests the exchanges did not answer with 200. */
  long refusals() {
    return simulator.stats().statuses().entrySet().stream()
        .filter(status -> status.getKey() != 200)
        .mapToLong(status -> status.getValue())
        .sum();
  }

  /** What we read of an instrument; trades in aggregate where the exchange has them. */
  Said read(String exchange, String name) {
    var symbol = Symbol.of(name);
    var said = new Said();
    for (var row :
        pull(exchange, Candle.class, new CandleQuery(symbol, Interval.parse("1m"), CANDLES)))
      said.add(
          "candle",
          row.time().toEpochMilli(),
          row.open(),
          row.high(),
          row.low(),
          row.close(),
          row.volume());
    var latest = new SeriesQuery(symbol, Window.latest(ROWS));
    for (var row : pull(exchange, Trade.class, latest))
      said.add(
          "trade", row.id(), row.time().toEpochMilli(), row.price(), row.size(), word(row.side()));
    if (exchange.equals("binance"))
      for (var row : pull(exchange, AggTrade.class, latest))
        said.add(
            "aggTrade",
            row.id(),
            row.time().toEpochMilli(),
            row.price(),
            row.size(),
            word(row.side()));
    for (var book : pull(exchange, OrderBook.class, new BookQuery(symbol, OptionalInt.of(ROWS)))) {
      for (var level : book.bids()) said.add("bid", level.price(), level.size());
      for (var level : book.asks()) said.add("ask", level.price(), level.size());
    }
    for (var ticker : pull(exchange, Ticker.class, new NowQuery(symbol)))
      said.add(
          "ticker",
          ticker.bid().orElse(null),
          ticker.bidSize().orElse(null),
          ticker.ask().orElse(null),
          ticker.askSize().orElse(null),
          ticker.last().orElse(null),
          ticker.open().orElse(null),
          ticker.high().orElse(null),
          ticker.low().orElse(null),
          ticker.volume().orElse(null),
          ticker.quoteVolume().orElse(null));
    return said;
  }

  private static String word(Object side) {
    return side.toString().toLowerCase(Locale.ROOT);
  }

  private <M> List<M> pull(String exchange, Class<M> model, Query query) {
    return flood.pull(Request.of(exchange, model, query)).orThrow();
  }

  @Override
  public void close() {
    flood.close();
    simulator.close();
  }
}
