package io.tradeflood.exchange.binance;

import io.tradeflood.live.BookUpdate;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;

/** Reads {@code depthUpdate}, without making anything of it. */
final class BinanceDepthUpdate {
  private static final Name EVENT_TIME = Name.of("E");
  private static final Name FIRST = Name.of("U");
  private static final Name LAST = Name.of("u");
  private static final Name PREVIOUS = Name.of("pu");
  private static final Name BIDS = Name.of("b");
  private static final Name ASKS = Name.of("a");

  private BinanceDepthUpdate() {}

  static void readSpot(JsonScanner event, boolean snapshot, BookUpdate into) {
    numbers(event, into);
    levels(event, into);
  }

  static void readContract(JsonScanner event, boolean snapshot, BookUpdate into) {
    numbers(event, into);
    into.previous(event.field(PREVIOUS).readLong());
    levels(event, into);
  }

  /** In 2017 there was but the last number. */
  private static void numbers(JsonScanner event, BookUpdate into) {
    into.begin(false).time(event.field(EVENT_TIME).readLong());
    long first = event.find(FIRST) ? event.readLong() : BookUpdate.NONE;
    long last = event.field(LAST).readLong();
    into.sequence(first == BookUpdate.NONE ? last : first, last);
  }

  private static void levels(JsonScanner event, BookUpdate into) {
    event.field(BIDS).readLevels(true, into);
    event.field(ASKS).readLevels(false, into);
  }
}
