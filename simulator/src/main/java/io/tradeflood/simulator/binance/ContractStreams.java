package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.Fundings;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.ReferencePrices;
import io.tradeflood.simulator.market.Trade;
import io.tradeflood.simulator.market.TradeCursor;
import io.tradeflood.simulator.stream.Outlet;
import io.tradeflood.simulator.stream.Source;
import io.tradeflood.simulator.wire.Json;
import org.jspecify.annotations.Nullable;

/** Streams that only contracts have. */
final class ContractStreams {
  private ContractStreams() {}

  /** {@code <symbol>@markPrice}: mark and index price, the last funding and the next one's time. */
  static void markPrice(Listing listing, long time, Json json) {
    Instrument instrument = listing.instrument();
    ReferencePrices prices = listing.prices();
    new Quoting(instrument).event(json, "markPriceUpdate", time);
    long mark = prices.at(ReferencePrices.Of.MARK, time);
    long index = prices.at(ReferencePrices.Of.INDEX, time);
    json.name("p").text(mark, ReferencePrices.SCALE, ReferencePrices.SCALE);
    json.name("ap").text(mark, ReferencePrices.SCALE, ReferencePrices.SCALE);
    json.name("i").text(index, ReferencePrices.SCALE, ReferencePrices.SCALE);
    json.name("P").text(index, ReferencePrices.SCALE, ReferencePrices.SCALE);
    if (instrument.kind() == Kind.PERPETUAL) {
      json.name("r").text(listing.fundings().last(time).rate(), Fundings.SCALE, Fundings.SCALE);
      json.field("T", listing.fundings().nextAfter(time));
    } else {
      json.field("r", "").field("T", 0);
    }
    json.endObject();
  }

  /**
   * {@code <symbol>@forceOrder}: one order in {@value #ONE_IN} is a liquidation, and of those in a
   * second only the largest is told.
   */
  static final class Liquidations implements Source {
    private static final long ONE_IN = 16;
    private static final long PACE = 1000;

    private final Listing listing;
    private final TradeCursor cursor;

    Liquidations(Listing listing, long start) {
      this.listing = listing;
      this.cursor = listing.tape().after(start);
    }

    @Override
    public long due() {
      skip();
      long time = cursor.time();
      return time == NEVER ? NEVER : time / PACE * PACE + PACE;
    }

    private void skip() {
      while (cursor.time() != NEVER && cursor.trade(0).order() % ONE_IN != 0) {
        cursor.advance();
      }
    }

    @Override
    public void say(long time, Outlet outlet) {
      Trade largest = null;
      while (cursor.time() < time) {
        Trade trade = cursor.trade(0);
        largest = largest == null || trade.size() > largest.size() ? trade : largest;
        cursor.advance();
        skip();
      }
      tell(largest, time, outlet);
    }

    private void tell(@Nullable Trade trade, long time, Outlet outlet) {
      if (trade == null) {
        return;
      }
      Quoting quoting = new Quoting(listing.instrument());
      Json json = outlet.begin().beginObject().field("e", "forceOrder").field("E", time);
      json.name("o").beginObject().field("s", listing.instrument().symbol());
      json.field("ps", listing.instrument().pair()).field("st", 1);
      json.field("S", trade.sold() ? "SELL" : "BUY").field("o", "LIMIT").field("f", "IOC");
      quoting.size(json, "q", trade.size());
      quoting.price(json, "p", trade.price());
      quoting.price(json, "ap", trade.price());
      json.field("X", "FILLED");
      quoting.size(json, "l", trade.size());
      quoting.size(json, "z", trade.size());
      json.field("T", trade.time()).endObject().endObject();
      outlet.send();
    }
  }
}
