package io.tradeflood.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBooksTest {
  private static final long NOW = Markets.NOW;

  /** Applied one after the other, changes must lead to the very book that is made at once. */
  @ParameterizedTest
  @EnumSource(Venue.class)
  void changesLeadFromOneBookToTheNext(Venue venue) {
    for (Listing listing : Markets.MARKET.listed(venue, NOW)) {
      if (listing.instrument().tradedAt(NOW)) {
        follow(listing, NOW, 40, 7);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 40, 900, 1021, 5000})
  void changesOfAnySpanLeadToTheSameBook(int span) {
    follow(Markets.spot("BTCUSDT"), NOW, 30, span);
    follow(Markets.contract("BTCUSDT"), NOW, 30, span);
  }

  private static void follow(Listing listing, long start, int rounds, int span) {
    OrderBooks books = listing.books();
    BookReader reader = books.reader();
    long id = books.updateId(start);
    OrderBook book = books.book(id);
    TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    TreeMap<Long, Long> asks = new TreeMap<>();
    apply(book.bids(), bids);
    apply(book.asks(), asks);
    for (int i = 0; i < rounds; i++) {
      OrderBook changes = reader.changes(id, id + span * listing.books().stride());
      id += span * listing.books().stride();
      apply(changes.bids(), bids);
      apply(changes.asks(), asks);
      OrderBook truth = books.book(id);
      assertThat(side(bids)).as(listing.instrument().symbol()).isEqualTo(truth.bids());
      assertThat(side(asks)).as(listing.instrument().symbol()).isEqualTo(truth.asks());
    }
  }

  /** As who fetched a snapshot from within the time of a message does. */
  @ParameterizedTest
  @EnumSource(Venue.class)
  void aMessageTurnsEveryBookOfItsTimeIntoTheOneAtItsEnd(Venue venue) {
    for (Listing listing : Markets.MARKET.listed(venue, NOW).stream().limit(3).toList()) {
      OrderBooks books = listing.books();
      BookReader reader = books.reader();
      long from = books.updateId(NOW);
      for (int i = 0; i < 1_000; i++) {
        long to = from + 4 * books.stride();
        OrderBook changes = reader.changes(from, to);
        for (long id = from; id < to; id += books.stride()) {
          OrderBook begun = books.book(id);
          TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
          TreeMap<Long, Long> asks = new TreeMap<>();
          apply(begun.bids(), bids);
          apply(begun.asks(), asks);
          apply(changes.bids(), bids);
          apply(changes.asks(), asks);
          OrderBook truth = books.book(to);
          assertThat(side(bids)).as("bids from %d to %d", id, to).isEqualTo(truth.bids());
          assertThat(side(asks)).as("asks from %d to %d", id, to).isEqualTo(truth.asks());
        }
        from = to;
      }
    }
  }

  private static void apply(OrderBook.Side changes, Map<Long, Long> side) {
    for (int i = 0; i < changes.depth(); i++) {
      if (changes.size(i) == 0) {
        side.remove(changes.price(i));
      } else {
        side.put(changes.price(i), changes.size(i));
      }
    }
  }

  private static OrderBook.Side side(Map<Long, Long> levels) {
    OrderBook.Side side = new OrderBook.Side();
    levels.forEach(side::add);
    return side;
  }

  @Test
  void aTenthOfASecondChangesAFewLevelsOnly() {
    BookReader reader = Markets.spot("BTCUSDT").books().reader();
    long id = Markets.spot("BTCUSDT").books().updateId(NOW);
    long levels = 0;
    for (int i = 0; i < 1000; i++) {
      OrderBook changes = reader.changes(id + 4 * i, id + 4 * i + 4);
      levels += changes.bids().depth() + changes.asks().depth();
    }
    assertThat(levels).isBetween(4_000L, 20_000L);
  }

  /** What a client has after a snapshot of this size is the whole book. */
  @ParameterizedTest
  @EnumSource(Venue.class)
  void aSnapshotHasAllLevels(Venue venue) {
    int most = venue == Venue.BINANCE_SPOT ? 5000 : 1000;
    for (Listing listing : Markets.MARKET.listed(venue, NOW)) {
      for (int day = 0; day < 40; day++) {
        OrderBook book = listing.books().at(NOW - day * 20 * Grid.DAY, Integer.MAX_VALUE);
        assertThat(book.bids().depth()).isLessThanOrEqualTo(most);
        assertThat(book.asks().depth()).isLessThanOrEqualTo(most);
      }
    }
  }

  @Test
  void aBookEndsWithItsInstrument() {
    Listing contract = Markets.MARKET.listing(Venue.BINANCE_USDM, "BTCUSDT_241227");
    long end = contract.instrument().ended().orElseThrow().toEpochMilli();
    follow(contract, end - 200, 20, 1);
    assertThat(contract.books().at(end - 1, 10).isEmpty()).isFalse();
    assertThat(contract.books().at(end, 10).isEmpty()).isTrue();
  }

  @Test
  void aBookBeginsWithTheFirstTrade() {
    Listing listing = Markets.spot("SOLUSDT");
    long first = listing.trades(0, 0).getFirst().time();
    follow(listing, first - 200, 20, 1);
    assertThat(listing.books().at(first - OrderBooks.STEP, 10).isEmpty()).isTrue();
  }

  @Test
  void tradesAreThoseOfTheTape() {
    Listing listing = Markets.spot("BTCUSDT");
    long end = listing.tape().tradesUntil(NOW);
    List<Trade> trades = listing.trades(end - 500, end - 1);
    assertThat(trades).hasSize(500);
    assertThat(trades.getFirst().id()).isEqualTo(end - 500);
    assertThat(trades.getLast().time()).isLessThanOrEqualTo(NOW);
    TradeCursor cursor = listing.tape().after(trades.getFirst().time() - 1);
    for (Trade trade : trades) {
      assertThat(cursor.trade(0)).isEqualTo(trade);
      cursor.advance();
    }
    assertThat(cursor.time()).isGreaterThan(NOW);
  }
}
