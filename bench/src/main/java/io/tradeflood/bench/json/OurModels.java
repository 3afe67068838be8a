package io.tradeflood.bench.json;

import io.tradeflood.model.Candle;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What our models say. */
final class OurModels {
  private OurModels() {}

  static List<String> said(Object models) {
    if (models instanceof OrderBook book) {
      var lines = new ArrayList<String>();
      for (var bid : book.bids()) lines.add(Parser.line("bid", bid.price(), bid.size()));
      for (var ask : book.asks()) lines.add(Parser.line("ask", ask.price(), ask.size()));
      return lines;
    }
    return ((List<?>) models).stream().map(OurModels::row).toList();
  }

  private static String row(Object row) {
    return switch (row) {
      case Candle c ->
          Parser.line(c.time().toEpochMilli(), c.open(), c.high(), c.low(), c.close(), c.volume());
      case Trade t ->
          Parser.line(
              t.id(),
              t.time().toEpochMilli(),
              t.price(),
              t.size(),
              t.side().name().toLowerCase(Locale.ROOT));
      default -> throw new IllegalArgumentException(row.getClass() + " is no model of this bench");
    };
  }
}
