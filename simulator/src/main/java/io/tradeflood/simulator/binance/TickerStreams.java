package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.market.Trade;
import io.tradeflood.simulator.stream.Outlet;
import io.tradeflood.simulator.stream.Source;
import io.tradeflood.simulator.wire.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Streams of statistics: one message at each tick of a clock. */
final class TickerStreams {
  private static final long PRICE_MINUTES = 5;

  private TickerStreams() {}

  /** Says the same kind of thing at each tick of a clock. */
  static final class Clockwork implements Source {
    private final long pace;
    private final BiConsumer<Long, Json> writer;
    private long due;

    Clockwork(long pace, long start, BiConsumer<Long, Json> writer) {
      this.pace = pace;
      this.writer = writer;
      this.due = start / pace * pace + pace;
    }

    @Override
    public long due() {
      return due;
    }

    @Override
    public void say(long time, Outlet outlet) {
      due = time + pace;
      writer.accept(time, outlet.begin());
      outlet.send();
    }
  }

  /** The same for several instruments in a list. */
  static BiConsumer<Long, Json> list(List<Listing> listings, Of of) {
    return (time, json) -> {
      json.beginArray();
      for (Listing listing : listings) {
        if (listing.instrument().tradedAt(time)) {
          of.write(listing, time, json);
        }
      }
      json.endArray();
    };
  }

  /** What is written of an instrument. */
  @FunctionalInterface
  interface Of {
    void write(Listing listing, long time, Json json);
  }

  /** {@code <symbol>@miniTicker}: the last 24 hours in short. */
  static void mini(Listing listing, long time, Json json) {
    Quoting quoting = new Quoting(listing.instrument());
    Bar bar = listing.bars().between(time - Grid.DAY, time + 1, time);
    quoting.event(json, "24hrMiniTicker", time);
    quoting.price(json, "c", bar.close());
    prices(json, quoting, bar);
    volumes(json, quoting, bar);
    json.endObject();
  }

  private static void prices(Json json, Quoting quoting, Bar bar) {
    quoting.price(json, "o", bar.open());
    quoting.price(json, "h", bar.high());
    quoting.price(json, "l", bar.low());
  }

  private static void volumes(Json json, Quoting quoting, Bar bar) {
    quoting.size(json, "v", bar.volume());
    quoting.quote(json, "q", bar.quoteVolume());
  }

  /** {@code <symbol>@ticker}: the last 24 hours. */
  static void day(Listing listing, long time, Json json) {
    Quoting quoting = new Quoting(listing.instrument());
    Bar bar = listing.bars().between(time - Grid.DAY, time + 1, time);
    Optional<Trade> last = last(listing, time);
    change(quoting.event(json, "24hrTicker", time), quoting, bar);
    if (quoting.isSpot()) {
      long before = bar.firstTrade() - 1;
      List<Trade> first = listing.trades(Math.max(0, before), before);
      quoting.price(json, "x", first.isEmpty() ? bar.open() : first.getFirst().price());
    }
    quoting.price(json, "c", bar.close());
    quoting.size(json, "Q", last.map(Trade::size).orElse(0L));
    if (quoting.isSpot()) {
      best(json, quoting, listing.books().at(time, 1));
    }
    prices(json, quoting, bar);
    volumes(json, quoting, bar);
    ends(json, bar, time - Grid.DAY, time);
  }

  /** {@code <symbol>@ticker_1h} and so on: from the full minute that is a window ago. */
  static Of window(String name, long length) {
    return (listing, time, json) -> {
      Quoting quoting = new Quoting(listing.instrument());
      long open = (time - length) / Grid.MINUTE * Grid.MINUTE;
      Bar bar = listing.bars().between(open, time + 1, time);
      change(quoting.event(json, name + "Ticker", time), quoting, bar);
      prices(json, quoting, bar);
      quoting.price(json, "c", bar.close());
      volumes(json, quoting, bar);
      ends(json, bar, open, time);
    };
  }

  private static void change(Json json, Quoting quoting, Bar bar) {
    quoting.price(json, "p", bar.close() - bar.open());
    BigDecimal percent =
        bar.open() == 0
            ? BigDecimal.ZERO.setScale(3)
            : BigDecimal.valueOf(bar.close() - bar.open())
                .movePointRight(2)
                .divide(BigDecimal.valueOf(bar.open()), 3, RoundingMode.HALF_UP);
    json.field("P", percent.toPlainString());
    int decimals = quoting.isSpot() ? 8 : quoting.instrument().priceScale();
    json.field("w", Tickers.mean(quoting.instrument(), bar, decimals));
  }

  private static void ends(Json json, Bar bar, long open, long close) {
    json.field("O", open).field("C", close);
    json.field("F", bar.count() == 0 ? -1 : bar.firstTrade());
    json.field("L", bar.count() == 0 ? -1 : bar.lastTrade());
    json.field("n", bar.count()).endObject();
  }

  private static void best(Json json, Quoting quoting, OrderBook book) {
    boolean open = book.bids().depth() > 0 && book.asks().depth() > 0;
    quoting.price(json, "b", open ? book.bids().price(0) : 0);
    quoting.size(json, "B", open ? book.bids().size(0) : 0);
    quoting.price(json, "a", open ? book.asks().price(0) : 0);
    quoting.size(json, "A", open ? book.asks().size(0) : 0);
  }

  /** {@code <symbol>@avgPrice}: of the last minutes, by volume. */
  static void average(Listing listing, long time, Json json) {
    Quoting quoting = new Quoting(listing.instrument());
    long from = time - PRICE_MINUTES * Grid.MINUTE + 1;
    Bar bar = listing.bars().between(from, time + 1, time);
    quoting.event(json, "avgPrice", time).field("i", PRICE_MINUTES + "m");
    json.field("w", Tickers.mean(quoting.instrument(), bar, 8));
    json.field("T", last(listing, time).map(Trade::time).orElse(time)).endObject();
  }

  private static Optional<Trade> last(Listing listing, long time) {
    long end = listing.tape().tradesUntil(time);
    return end == 0 ? Optional.empty() : Optional.of(listing.trades(end - 1, end - 1).getFirst());
  }
}
