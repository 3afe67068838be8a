package io.tradeflood.acme;

import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Exchange;
import io.tradeflood.connector.Mode;
import io.tradeflood.model.Interval;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Acme's spot market. */
@Exchange("acme")
public interface AcmeRest extends Connector {
  /** Candles on one page. */
  int PAGE = 100;

  @Override
  default Mode mode() {
    return Mode.REST;
  }

  @Override
  default String address() {
    return "https://api.acme.example";
  }

  @Override
  default boolean covers(Symbol symbol) {
    return symbol.isSpot();
  }

  /** The exchange in memory. */
  default AcmeServer server() {
    return AcmeServer.of(context().settings().get("server"));
  }

  /** The starts of the bars in the range, both bounds included; the open one too. */
  @TurnExecution
  default Turn<List<Instant>> candles(
      String symbol, Interval interval, Instant start, Instant end, int limit) {
    var server = server();
    return Turn.of(
        server.act(
            "candles %s %s %s..%s limit %d".formatted(symbol, interval, start, end, limit),
            limit <= 50 ? 1 : 2,
            () -> {
              if (limit > PAGE) throw new IllegalArgumentException("limit " + limit);
              var bars = new ArrayList<Instant>();
              for (var at = interval.ceil(start);
                  !at.isAfter(end) && !at.isAfter(server.time());
                  at = interval.next(at)) if (!server.isEmpty(at)) bars.add(at);
              return List.copyOf(bars.reversed());
            }));
  }

  /** The exchange's clock. */
  @TurnExecution
  default Turn<Instant> time() {
    var server = server();
    return Turn.of(server.act("time ", 1, server::time));
  }

  /** The numbers of trades from one on. */
  @TurnExecution
  default Turn<List<Long>> trades(String symbol, long first, int count) {
    var server = server();
    return Turn.of(
        server.act(
            "trades %s from %d count %d".formatted(symbol, first, count),
            1,
            () ->
                LongStream.range(first, Math.min(first + count, server.trades()))
                    .boxed()
                    .toList()));
  }

  /** The numbers of the newest trades. */
  @TurnExecution
  default Turn<List<Long>> newestTrades(String symbol, int count) {
    var server = server();
    return Turn.of(
        server.act(
            "newest %s count %d".formatted(symbol, count),
            1,
            () ->
                LongStream.range(
                        Math.max(0, server.trades() - Math.min(count, 50)), server.trades())
                    .boxed()
                    .toList()));
  }

  /** The number of the first trade at a moment or after it. */
  @TurnExecution
  default Turn<OptionalLong> tradeAt(String symbol, Instant moment) {
    var server = server();
    return Turn.of(
        server.act(
            "at %s %s".formatted(symbol, moment),
            1,
            () -> {
              long number =
                  Math.max(
                      0,
                      moment.getEpochSecond()
                          + (moment.getNano() > 0 ? 1 : 0)
                          - AcmeServer.FIRST_TRADE.getEpochSecond());
              return number >= server.trades() ? OptionalLong.empty() : OptionalLong.of(number);
            }));
  }

  /**
   * Fills by a cursor, the newest first, 40 on a page; each page repeats a row of the one before.
   */
  @TurnExecution
  default Turn<Fills> fills(String symbol, Instant start, Instant end, Optional<String> before) {
    var server = server();
    return Turn.of(
        server.act(
            "fills %s %s..%s before %s".formatted(symbol, start, end, before.orElse("now")),
            1,
            () -> {
              long last =
                  before
                      .map(Long::parseLong)
                      .orElse(end.getEpochSecond() - AcmeServer.FIRST_TRADE.getEpochSecond());
              last = Math.min(last, server.trades());
              long first = Math.max(0, last - 40);
              long oldest = start.getEpochSecond() - AcmeServer.FIRST_TRADE.getEpochSecond();
              return new Fills(
                  LongStream.range(first, last).boxed().toList().reversed(),
                  first <= Math.max(0, oldest)
                      ? Optional.empty()
                      : Optional.of(String.valueOf(first + 1)));
            }));
  }

  /** A page of fills. */
  record Fills(List<Long> numbers, Optional<String> next) {}

  /** A book as of its change 10: bids at 100 and 99. */
  @TurnExecution
  default Turn<OrderBook> book(String symbol) {
    return Turn.of(
        server()
            .act(
                "book " + symbol,
                1,
                () ->
                    new OrderBook(
                        Optional.empty(),
                        OptionalLong.of(10),
                        List.of(
                            new OrderBook.Level(BigDecimal.valueOf(100), BigDecimal.ONE),
                            new OrderBook.Level(BigDecimal.valueOf(99), BigDecimal.ONE)),
                        List.of())));
  }

  /** The last price. */
  @TurnExecution
  default Turn<String> ticker(String symbol) {
    return Turn.of(server().act("ticker " + symbol, 1, () -> "100.5"));
  }

  /** The mark price, each time anew. */
  @TurnExecution
  default Turn<Long> mark(String symbol) {
    var server = server();
    return Turn.of(server.act("mark " + symbol, 1, () -> server.mark(symbol)));
  }

  /** All names. */
  @TurnExecution
  default Turn<List<String>> names() {
    return Turn.of(
        server().act("names ", 1, () -> List.of("BTC/USDT", "ETH/USDT", "ETH/BTC", "OLD/USDT")));
  }
}
