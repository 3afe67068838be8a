package io.tradeflood.bench.json;

import io.tradeflood.exchange.binance.BinanceAggTrade;
import io.tradeflood.exchange.binance.BinanceDepth;
import io.tradeflood.exchange.binance.BinanceKline;
import io.tradeflood.model.Candle;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes models, and the exchange's rows they were made of, anew of nothing but what they hold, to
 * see how large they are. Numbers are taken apart beforehand, so that only the making allocates.
 */
final class Mould {
  private final Object models;
  private final long[] mantissas;
  private final int[] scales;
  private int next;

  Mould(Object models) {
    this.models = models;
    var numbers = numbers(models);
    mantissas = numbers.stream().mapToLong(n -> n.unscaledValue().longValueExact()).toArray();
    scales = numbers.stream().mapToInt(BigDecimal::scale).toArray();
  }

  private static List<BigDecimal> numbers(Object part) {
    var numbers = new ArrayList<BigDecimal>();
    switch (part) {
      case OrderBook book -> {
        numbers.addAll(numbers(book.bids()));
        numbers.addAll(numbers(book.asks()));
      }
      case List<?> rows -> rows.forEach(row -> numbers.addAll(numbers(row)));
      case OrderBook.Level level -> numbers.addAll(List.of(level.price(), level.size()));
      case Candle c ->
          numbers.addAll(
              List.of(
                  c.open(),
                  c.high(),
                  c.low(),
                  c.close(),
                  c.volume(),
                  c.quoteVolume().orElseThrow()));
      case Trade trade -> numbers.addAll(List.of(trade.price(), trade.size()));
      default -> throw new IllegalArgumentException(part + " is no part of models");
    }
    return numbers;
  }

  /** Other models, equal to those that were given. */
  Object cast() {
    next = 0;
    if (!(models instanceof OrderBook book)) return rows((List<?>) models);
    var bids = levels(book.bids());
    return new OrderBook(
        book.time(), OptionalLong.of(book.sequence().orElseThrow()), bids, levels(book.asks()));
  }

  private List<OrderBook.Level> levels(List<OrderBook.Level> levels) {
    var made = new OrderBook.Level[levels.size()];
    for (int i = 0; i < made.length; i++) made[i] = new OrderBook.Level(number(), number());
    return List.of(made);
  }

  private List<Object> rows(List<?> rows) {
    var made = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) made.add(row(rows.get(i)));
    return made;
  }

  private Object row(Object row) {
    return switch (row) {
      case Candle c ->
          new Candle(
              c.interval(),
              Instant.ofEpochMilli(c.time().toEpochMilli()),
              number(),
              number(),
              number(),
              number(),
              number(),
              Optional.of(number()),
              OptionalLong.of(c.trades().orElseThrow()),
              c.closed(),
              c.origin());
      case Trade t ->
          new Trade(
              Long.toString(Long.parseLong(t.id())),
              Instant.ofEpochMilli(t.time().toEpochMilli()),
              number(),
              number(),
              t.side());
      default -> throw new IllegalArgumentException(row + " is no row of models");
    };
  }

  /**
   * The exchange's rows, equal to those that are given; what models made of them hold as well is
   * theirs and not made anew.
   */
  static Object castRows(Object page) {
    if (page instanceof BinanceDepth depth)
      return new BinanceDepth(
          depth.lastUpdateId(),
          depth.eventTime(),
          new ArrayList<>(depth.bids()),
          new ArrayList<>(depth.asks()));
    var rows = (List<?>) page;
    var made = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) made.add(exchangeRow(rows.get(i)));
    return made;
  }

  private static Object exchangeRow(Object row) {
    return switch (row) {
      case BinanceKline k ->
          new BinanceKline(
              k.openTime(),
              k.open(),
              k.high(),
              k.low(),
              k.close(),
              k.volume(),
              Instant.ofEpochMilli(k.closeTime().toEpochMilli()),
              k.turnover(),
              k.trades());
      case BinanceAggTrade t ->
          new BinanceAggTrade(
              t.id(), t.price(), t.qty(), t.firstId(), t.lastId(), t.time(), t.isBuyerMaker());
      default -> throw new IllegalArgumentException(row + " is no row of this bench");
    };
  }

  private BigDecimal number() {
    int at = next++;
    return BigDecimal.valueOf(mantissas[at], scales[at]);
  }
}
