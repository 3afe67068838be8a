package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.ReferencePrices;
import io.tradeflood.simulator.market.Trade;
import io.tradeflood.simulator.market.TradeCursor;
import io.tradeflood.simulator.stream.Outlet;
import io.tradeflood.simulator.stream.Source;
import io.tradeflood.simulator.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** Streams of what was traded: {@code trade}, candles and {@code ticker}. */
final class TradeChannels {
  private static final int RECENT_TRADES = 50;
  private static final int RECENT_CANDLES = 100;

  private TradeChannels() {}

  /** {@code trade}: the newest ones, then each at its moment; the newest first in each message. */
  static final class Trades implements Source {
    private final Channel channel;
    private final TradeCursor cursor;
    private final long first;
    private final long start;
    private boolean begun;

    Trades(Channel channel, long start) {
      this.channel = channel;
      this.cursor = channel.listing().tape().after(start);
      this.first = channel.listing().instrument().venue().firstTradeId();
      this.start = start;
    }

    @Override
    public long due() {
      return begun ? cursor.time() : start;
    }

    @Override
    public void say(long time, Outlet outlet) {
      List<Trade> trades = new ArrayList<>();
      if (begun) {
        while (cursor.time() <= time) {
          trades.add(cursor.trade(first));
          cursor.advance();
        }
      } else {
        long end = first + channel.listing().tape().tradesUntil(time);
        trades.addAll(channel.listing().trades(end - RECENT_TRADES, end - 1));
      }
      Json json = channel.begin(outlet.begin(), !begun);
      trades.reversed().forEach(trade -> row(json, trade));
      channel.end(json, time);
      begun = true;
      outlet.send();
    }

    private void row(Json json, Trade trade) {
      Instrument instrument = channel.listing().instrument();
      json.beginObject().name("ts").text(trade.time());
      json.name("price").trimmed(trade.price(), instrument.priceScale());
      json.name("size").trimmed(trade.size(), instrument.sizeScale());
      json.field("side", trade.sold() ? "sell" : "buy").name("tradeId").text(trade.id());
      json.endObject();
    }
  }

  /** Candles: the newest rows, then the open one each second in which something was traded. */
  static final class Candles implements Source {
    private final Channel channel;
    private final Grid grid;
    private long due;
    private long open;
    private int told = -1;

    Candles(Channel channel, Grid grid, long start) {
      this.channel = channel;
      this.grid = grid;
      this.due = start;
      this.open = grid.floor(start);
    }

    @Override
    public long due() {
      return due;
    }

    @Override
    public void say(long time, Outlet outlet) {
      due =
          channel.listing().instrument().tradedAt(time)
              ? time / Grid.SECOND * Grid.SECOND + Grid.SECOND
              : NEVER;
      if (told < 0) {
        recent(time, outlet);
        return;
      }
      while (grid.next(open) <= time) {
        tell(bar(time), time, outlet);
        open = grid.next(open);
        told = -1;
      }
      tell(bar(time), time, outlet);
    }

    private Bar bar(long time) {
      return channel.listing().bars().between(open, grid.next(open), time);
    }

    private void recent(long time, Outlet outlet) {
      Json json = channel.begin(outlet.begin(), true);
      long first = grid.step(open, 1L - RECENT_CANDLES);
      channel.listing().bars().tell(grid, first, open, time, bar -> row(json, bar));
      channel.end(json, time);
      told = bar(time).count();
      outlet.send();
    }

    private void tell(Bar bar, long time, Outlet outlet) {
      if (bar.count() == told || bar.close() == 0) {
        return;
      }
      told = bar.count();
      Json json = channel.begin(outlet.begin(), false);
      row(json, bar);
      channel.end(json, time);
      outlet.send();
    }

    /** The volumes in the quote asset and in dollars are the other way round than by REST. */
    private void row(Json json, Bar bar) {
      Instrument instrument = channel.listing().instrument();
      json.beginArray().text(bar.openTime());
      for (long price : new long[] {bar.open(), bar.high(), bar.low(), bar.close()}) {
        json.trimmed(price, instrument.priceScale());
      }
      json.trimmed(bar.volume(), instrument.sizeScale());
      json.trimmed(bar.quoteVolume(), instrument.quoteScale());
      json.trimmed(bar.dollarVolume(), instrument.quoteScale()).endArray();
    }
  }

  /** {@code ticker}: the last 24 hours, a few times a second. */
  static final class Ticker implements Source {
    private final Channel channel;
    private final long pace;
    private long due;

    Ticker(Channel channel, long start) {
      this.channel = channel;
      this.pace = channel.isSpot() ? 250 : 350;
      this.due = start;
    }

    @Override
    public long due() {
      return due;
    }

    @Override
    public void say(long time, Outlet outlet) {
      due = time / pace * pace + pace;
      Json json = channel.begin(outlet.begin(), true);
      row(json, time);
      channel.end(json, time);
      outlet.send();
    }

    private void row(Json json, long time) {
      Instrument instrument = channel.listing().instrument();
      Quotes.Day day = Quotes.day(channel.listing(), time);
      int scale = instrument.priceScale();
      json.beginObject().field("instId", instrument.symbol());
      json.name("lastPr").trimmed(day.last24().close(), scale);
      json.name("open24h").trimmed(day.last24().open(), scale);
      json.name("high24h").trimmed(day.last24().high(), scale);
      json.name("low24h").trimmed(day.last24().low(), scale);
      json.field("change24h", Quotes.change(day.last24().open(), day.last24().close()));
      Quotes.best(json, channel.listing(), time);
      json.name("baseVolume").trimmed(day.last24().volume(), instrument.sizeScale());
      json.name("quoteVolume").trimmed(day.last24().quoteVolume(), instrument.quoteScale());
      json.name("openUtc").trimmed(day.utc().open(), scale);
      json.field("changeUtc24h", Quotes.change(day.utc().open(), day.last24().close()));
      if (instrument.kind() != Kind.SPOT) {
        contract(json, instrument, time);
      }
      json.name("ts").text(time).endObject();
    }

    private void contract(Json json, Instrument instrument, long time) {
      boolean perpetual = instrument.kind() == Kind.PERPETUAL;
      json.name("fundingRate")
          .trimmed(perpetual ? Contracts.currentRate(channel.listing(), time) : 0, 8);
      if (perpetual) {
        json.name("nextFundingTime").text(channel.listing().fundings().nextAfter(time));
      } else {
        json.field("nextFundingTime", "0");
      }
      Quotes.reference(json.name("markPrice"), channel.listing(), ReferencePrices.Of.MARK, time);
      Quotes.reference(json.name("indexPrice"), channel.listing(), ReferencePrices.Of.INDEX, time);
      json.name("holdingAmount")
          .trimmed(channel.listing().openInterest().at(time), instrument.sizeScale());
      json.field("symbolType", perpetual ? "1" : "2").field("symbol", instrument.symbol());
      json.field("deliveryPrice", "0");
    }
  }
}
