package io.tradeflood.examples;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.Watch;
import io.tradeflood.live.Event;
import io.tradeflood.live.FeedReader;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Trade;
import java.util.List;

/** What happens, in a program of one's own: the lines that README.md shows. */
public final class WatchTrades {
  private WatchTrades() {}

  /** Prints trades of the real exchange, until it is stopped. */
  public static void main(String[] arguments) {
    var trades = Request.of("binance", Trade.class, new NowQuery(Symbol.of("BTC/USDT")));
    try (TradeFlood flood = TradeFlood.create();
        Watch watch = flood.watch(List.of(trades));
        FeedReader<Trade> reader = watch.feed(trades).read()) {
      while (reader.hasNext()) {
        switch (reader.next()) {
          case Event.Data<Trade> data -> System.out.println(data.row());
          case Event.Status<Trade> status -> System.err.println(status.state());
        }
      }
      reader.failure().ifPresent(failure -> System.err.println(failure.getMessage()));
    }
  }
}
