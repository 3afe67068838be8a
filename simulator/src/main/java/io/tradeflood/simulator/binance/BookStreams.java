package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.BookReader;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.market.OrderBooks;
import io.tradeflood.simulator.stream.Outlet;
import io.tradeflood.simulator.stream.Source;
import io.tradeflood.simulator.wire.Json;

/** Streams of order books. */
final class BookStreams {
  private BookStreams() {}

  /** What all of them have in common: a book, and the update that was told last. */
  private static final class Feed {
    private final Quoting quoting;
    private final OrderBooks books;
    private final BookReader reader;
    private final long pace;
    private long due;
    private long last;

    Feed(Listing listing, long pace, long start) {
      this.quoting = new Quoting(listing.instrument());
      this.books = listing.books();
      this.reader = books.reader();
      this.pace = pace;
      this.due = start / pace * pace + pace;
      this.last = books.updateId(due - pace);
    }

    /** The numbers of the updates told: contracts tell the last one before them as well. */
    private void numbers(Json json, long to) {
      json.field("U", last + books.stride()).field("u", to);
      if (!quoting.isSpot()) {
        json.field("pu", last);
      }
      last = to;
    }

    private void sides(Json json, String bids, String asks, OrderBook book) {
      side(json.name(bids), book.bids());
      side(json.name(asks), book.asks());
    }

    private void side(Json json, OrderBook.Side side) {
      json.beginArray();
      for (int i = 0; i < side.depth(); i++) {
        quoting.level(json, side.price(i), side.size(i));
      }
      json.endArray();
    }

    private Json event(Outlet outlet, String type, long time) {
      Json json = quoting.event(outlet.begin(), type, time);
      return quoting.isSpot() ? json : json.field("T", time);
    }
  }

  /** {@code <symbol>@depth[@100ms]}: what changed; silent when nothing did. */
  static final class Changes implements Source {
    private final Feed feed;

    Changes(Listing listing, long pace, long start) {
      this.feed = new Feed(listing, pace, start);
    }

    @Override
    public long due() {
      return feed.due;
    }

    @Override
    public void say(long time, Outlet outlet) {
      feed.due = time + feed.pace;
      long to = feed.books.updateId(time);
      OrderBook changes = feed.reader.changes(feed.last, to);
      if (changes.isEmpty()) {
        return;
      }
      Json json = feed.event(outlet, "depthUpdate", time);
      feed.numbers(json, to);
      feed.sides(json, "b", "a", changes);
      json.endObject();
      outlet.send();
    }
  }

  /** {@code <symbol>@depth5} and so on: the best levels, when one of them changed. */
  static final class Partial implements Source {
    private final Feed feed;
    private final int depth;
    private OrderBook told;

    Partial(Listing listing, int depth, long pace, long start) {
      this.feed = new Feed(listing, pace, start);
      this.depth = depth;
      this.told = listing.books().book(0, 0);
    }

    @Override
    public long due() {
      return feed.due;
    }

    @Override
    public void say(long time, Outlet outlet) {
      feed.due = time + feed.pace;
      OrderBook book = feed.reader.book(feed.books.updateId(time), depth);
      if (book.bids().equals(told.bids()) && book.asks().equals(told.asks())) {
        return;
      }
      told = book;
      if (feed.quoting.isSpot()) {
        Json json = outlet.begin().beginObject().field("lastUpdateId", book.updateId());
        feed.sides(json, "bids", "asks", book);
        json.endObject();
      } else {
        Json json = feed.event(outlet, "depthUpdate", time);
        feed.numbers(json, book.updateId());
        feed.sides(json, "b", "a", book);
        json.endObject();
      }
      outlet.send();
    }
  }

  /** {@code <symbol>@bookTicker}: the best bid and the best ask whenever one of them changed. */
  static final class Best implements Source {
    private final Feed feed;
    private OrderBook told;

    Best(Listing listing, long start) {
      this.feed = new Feed(listing, OrderBooks.STEP, start);
      this.told = listing.books().book(0, 0);
    }

    @Override
    public long due() {
      return feed.due;
    }

    @Override
    public void say(long time, Outlet outlet) {
      feed.due = time + feed.pace;
      OrderBook book = feed.reader.book(feed.books.updateId(time), 1);
      boolean same = book.bids().equals(told.bids()) && book.asks().equals(told.asks());
      told = book;
      if (same || book.isEmpty()) {
        return;
      }
      Json json = outlet.begin().beginObject();
      if (!feed.quoting.isSpot()) {
        json.field("e", "bookTicker");
      }
      json.field("u", book.updateId()).field("s", feed.quoting.instrument().symbol());
      if (!feed.quoting.isSpot()) {
        json.field("ps", feed.quoting.instrument().pair()).field("st", 1);
        json.field("E", time).field("T", time);
      }
      feed.quoting.price(json, "b", book.bids().price(0));
      feed.quoting.size(json, "B", book.bids().size(0));
      feed.quoting.price(json, "a", book.asks().price(0));
      feed.quoting.size(json, "A", book.asks().size(0));
      json.endObject();
      outlet.send();
    }
  }
}
