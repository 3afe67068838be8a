package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.BookReader;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.market.OrderBooks;
import io.tradeflood.simulator.stream.Outlet;
import io.tradeflood.simulator.stream.Source;
import io.tradeflood.simulator.wire.Json;

/** Streams of order books: {@code books}, {@code books1}, {@code books5} and {@code books15}. */
final class BookChannels {
  private static final int SPOILED = 0x5A5A5A5A;

  private BookChannels() {}

  /** {@code books}: the whole book once, then what changed, each with its checksum. */
  static final class Whole implements Source {
    private final Channel channel;
    private final OrderBooks books;
    private final BookReader reader;
    private final Checksum checksum;
    private final long pace;
    private boolean begun;
    private long due;
    private long last;

    Whole(Channel channel, long start) {
      this.channel = channel;
      this.books = channel.listing().books();
      this.reader = books.reader();
      this.checksum = new Checksum(channel.listing().instrument());
      this.pace = channel.isSpot() ? 200 : 150;
      this.due = start;
    }

    @Override
    public long due() {
      return due;
    }

    @Override
    public void say(long time, Outlet outlet) {
      due = time / pace * pace + pace;
      long to = books.updateId(time);
      OrderBook told = begun ? reader.changes(last, to) : reader.book(to, Integer.MAX_VALUE);
      if (begun && told.isEmpty()) {
        return;
      }
      Json json = channel.begin(outlet.begin(), !begun);
      int sum = checksum.of(reader.book(to, Checksum.LEVELS));
      level(json, channel, told);
      json.field("checksum", outlet.spoilsChecksum() ? sum ^ SPOILED : sum);
      json.field("seq", to).name("ts").text(time).endObject();
      channel.end(json, time);
      begun = true;
      last = to;
      outlet.send();
    }
  }

  /** The best levels, all of them whenever one of them changed; without a checksum. */
  static final class Best implements Source {
    private final Channel channel;
    private final OrderBooks books;
    private final BookReader reader;
    private final int depth;
    private final long pace;
    private OrderBook told;
    private long due;

    Best(Channel channel, int depth, long start) {
      this.channel = channel;
      this.books = channel.listing().books();
      this.reader = books.reader();
      this.depth = depth;
      this.pace = depth == 1 ? (channel.isSpot() ? 60 : 100) : (channel.isSpot() ? 200 : 150);
      this.told = books.book(0, 0);
      this.due = start;
    }

    @Override
    public long due() {
      return due;
    }

    @Override
    public void say(long time, Outlet outlet) {
      due = time / pace * pace + pace;
      OrderBook book = reader.book(books.updateId(time), depth);
      if (book.bids().equals(told.bids()) && book.asks().equals(told.asks())) {
        return;
      }
      told = book;
      Json json = channel.begin(outlet.begin(), true);
      level(json, channel, book);
      json.field("checksum", 0).field("seq", book.updateId()).name("ts").text(time).endObject();
      channel.end(json, time);
      outlet.send();
    }
  }

  /** Begins the datum of a book with its levels. */
  private static void level(Json json, Channel channel, OrderBook book) {
    json.beginObject();
    side(json.name("asks"), channel.listing().instrument(), book.asks());
    side(json.name("bids"), channel.listing().instrument(), book.bids());
  }

  /** Prices and sizes keep the zeros at their ends. */
  private static void side(Json json, Instrument instrument, OrderBook.Side side) {
    int priceScale = instrument.priceScale();
    int sizeScale = instrument.sizeScale();
    json.beginArray();
    for (int i = 0; i < side.depth(); i++) {
      json.beginArray().text(side.price(i), priceScale, priceScale);
      if (side.size(i) == 0) {
        json.value("0").endArray();
      } else {
        json.text(side.size(i), sizeScale, sizeScale).endArray();
      }
    }
    json.endArray();
  }
}
