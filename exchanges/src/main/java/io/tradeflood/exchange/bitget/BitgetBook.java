package io.tradeflood.exchange.bitget;

import io.tradeflood.model.OrderBook;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.time.Instant;
import java.util.List;

/**
 * An order book.
 *
 * @param time when it was so
 * @param bids the highest price first
 * @param asks the lowest price first
 */
public record BitgetBook(Instant time, List<OrderBook.Level> bids, List<OrderBook.Level> asks) {
  private static final Name ASKS = Name.of("asks");
  private static final Name BIDS = Name.of("bids");
  private static final Name A = Name.of("a");
  private static final Name B = Name.of("b");
  private static final Name TS = Name.of("ts");

  static BitgetBook read(JsonScanner data) {
    return read(data, ASKS, BIDS);
  }

  static BitgetBook readUnified(JsonScanner data) {
    return read(data, A, B);
  }

  private static BitgetBook read(JsonScanner data, Name askName, Name bidName) {
    var asks = data.field(askName).readPairs(OrderBook.Level::new);
    var bids = data.field(bidName).readPairs(OrderBook.Level::new);
    return new BitgetBook(data.field(TS).readInstant(), bids, asks);
  }
}
