package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Trade;
import io.tradeflood.simulator.market.TradeCursor;
import io.tradeflood.simulator.stream.Outlet;
import io.tradeflood.simulator.stream.Source;
import io.tradeflood.simulator.wire.Json;

/** Streams of what was traded. */
final class TradeStreams {
  private static final long CONTRACT_PACE = 100;

  private TradeStreams() {}

  /**
   * {@code <symbol>@trade}: each trade at its moment. Of contracts no page tells of it, but it
   * comes, by the route of books.
   */
  static final class Single implements Source {
    private final Quoting quoting;
    private final TradeCursor cursor;

    Single(Listing listing, long start) {
      this.quoting = new Quoting(listing.instrument());
      this.cursor = listing.tape().after(start);
    }

    @Override
    public long due() {
      return cursor.time();
    }

    @Override
    public void say(long time, Outlet outlet) {
      Trade trade = cursor.trade(0);
      cursor.advance();
      Json json = quoting.event(outlet.begin(), "trade", time).field("t", trade.id());
      quoting.price(json, "p", trade.price());
      quoting.size(json, "q", trade.size());
      json.field("T", trade.time());
      if (quoting.isSpot()) {
        json.field("m", trade.sold()).field("M", true);
      } else {
        json.field("X", "MARKET").field("m", trade.sold());
      }
      json.endObject();
      outlet.send();
    }
  }

  /**
   * {@code <symbol>@aggTrade}: the trades of one order together; of contracts every {@value
   * #CONTRACT_PACE} ms.
   */
  static final class Aggregate implements Source {
    private final Quoting quoting;
    private final TradeCursor cursor;

    Aggregate(Listing listing, long start) {
      this.quoting = new Quoting(listing.instrument());
      this.cursor = listing.tape().after(start);
    }

    @Override
    public long due() {
      long time = cursor.time();
      return quoting.isSpot() || time == NEVER
          ? time
          : Math.ceilDiv(time, CONTRACT_PACE) * CONTRACT_PACE;
    }

    @Override
    public void say(long time, Outlet outlet) {
      while (cursor.time() <= time) {
        Trade first = cursor.trade(0);
        long size = 0;
        long last = first.id();
        while (cursor.continues(first) && cursor.time() == first.time()) {
          size += cursor.trade(0).size();
          last = cursor.trade(0).id();
          cursor.advance();
        }
        Json json = quoting.event(outlet.begin(), "aggTrade", time).field("a", first.order());
        quoting.price(json, "p", first.price());
        quoting.size(json, "q", size);
        if (!quoting.isSpot()) {
          quoting.size(json, "nq", size);
        }
        json.field("f", first.id()).field("l", last).field("T", first.time());
        json.field("m", first.sold());
        if (quoting.isSpot()) {
          json.field("M", true);
        }
        json.endObject();
        outlet.send();
      }
    }
  }

  /**
   * {@code <symbol>@kline_<interval>}: the open candle when something was traded, and each closed
   * one once.
   */
  static final class Kline implements Source {
    private final Listing listing;
    private final Quoting quoting;
    private final Grid grid;
    private final String interval;
    private final long pace;
    private long due;
    private long open;
    private long told = -1;

    Kline(Listing listing, Grid grid, String interval, long pace, long start) {
      this.listing = listing;
      this.quoting = new Quoting(listing.instrument());
      this.grid = grid;
      this.interval = interval;
      this.pace = pace;
      this.due = start / pace * pace + pace;
      this.open = grid.floor(start);
    }

    @Override
    public long due() {
      return due;
    }

    @Override
    public void say(long time, Outlet outlet) {
      due = listing.instrument().tradedAt(time) ? time + pace : NEVER;
      for (long next = grid.next(open); next <= time; next = grid.next(open)) {
        tell(listing.bars().between(open, next, time), next, true, time, outlet);
        open = next;
        told = 0;
      }
      Bar bar = listing.bars().between(open, grid.next(open), time);
      if (bar.count() != told && due != NEVER) {
        told = bar.count();
        tell(bar, grid.next(open), false, time, outlet);
      }
    }

    private void tell(Bar bar, long next, boolean closed, long time, Outlet outlet) {
      if (bar.close() == 0) {
        return;
      }
      Json json = quoting.event(outlet.begin(), "kline", time).name("k").beginObject();
      json.field("t", bar.openTime()).field("T", next - 1);
      json.field("s", listing.instrument().symbol()).field("i", interval);
      json.field("f", bar.count() == 0 ? -1 : bar.firstTrade());
      json.field("L", bar.count() == 0 ? -1 : bar.lastTrade());
      quoting.price(json, "o", bar.open());
      quoting.price(json, "c", bar.close());
      quoting.price(json, "h", bar.high());
      quoting.price(json, "l", bar.low());
      quoting.size(json, "v", bar.volume());
      json.field("n", bar.count()).field("x", closed);
      quoting.quote(json, "q", bar.quoteVolume());
      quoting.size(json, "V", bar.takerVolume());
      quoting.quote(json, "Q", bar.takerQuoteVolume());
      json.field("B", "0").endObject().endObject();
      outlet.send();
    }
  }
}
