package io.tradeflood.examples;

import io.tradeflood.Answer;
import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;

/** TradeFlood in a program of one's own: the lines that README.md shows. */
public final class PrintCandles {
  private PrintCandles() {}

  /** Prints a week of candles from the real exchange. */
  public static void main(String[] arguments) {
    try (TradeFlood flood = TradeFlood.create()) {
      var week = TimeRange.parse("2025-01-01/P7D");
      var query = new CandleQuery(Symbol.of("BTC/USDT"), Interval.H1, week);
      Answer<Candle> answer = flood.pull(Request.of("binance", Candle.class, query));
      for (Candle candle : answer.rows()) {
        System.out.println(candle.time() + " " + candle.close());
      }
      answer.failure().ifPresent(failure -> System.err.println(failure.getMessage()));
    }
  }
}
