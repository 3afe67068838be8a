package io.tradeflood.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapeTest {
  private static final long START = Markets.NOW / 60_000 - 600;

  private record Trade(long id, long order, long time, long price, long size, boolean sold) {}

  private static List<Trade> trades(Listing listing, long fromMinute, int minutes) {
    MinuteTrades reader = listing.tape().reader();
    List<Trade> trades = new ArrayList<>();
    for (long minute = fromMinute; minute < fromMinute + minutes; minute++) {
      reader.load(minute);
      for (int i = 0; i < reader.count(); i++) {
        trades.add(trade(reader, i));
      }
    }
    return trades;
  }

  private static Trade trade(MinuteTrades reader, int i) {
    return new Trade(
        reader.id(i),
        reader.order(i),
        reader.time(i),
        reader.price(i),
        reader.size(i),
        reader.sold(i));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTCUSDT", "ETHBTC", "NMRUSDT", "PEPEUSDT", "EURUSDT"})
  void tradesAreNumberedWithoutHolesAndInTheOrderOfTime(String symbol) {
    List<Trade> trades = trades(Markets.spot(symbol), START, 600);

    for (int i = 1; i < trades.size(); i++) {
      Trade before = trades.get(i - 1);
      Trade after = trades.get(i);
      assertThat(after.id).isEqualTo(before.id + 1);
      assertThat(after.time).isGreaterThanOrEqualTo(before.time);
      assertThat(after.order - before.order).isBetween(0L, 1L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTCUSDT", "XRPBTC", "SHIBUSDT"})
  void fillsOfOneOrderAreAlikeAndTwoOrdersNever(String symbol) {
    List<Trade> trades = trades(Markets.spot(symbol), START, 300);

    for (int i = 1; i < trades.size(); i++) {
      Trade before = trades.get(i - 1);
      Trade after = trades.get(i);
      boolean alike =
          after.time == before.time && after.price == before.price && after.sold == before.sold;
      assertThat(alike).isEqualTo(after.order == before.order);
    }
  }

  @Test
  void someTradesShareAMillisecondAtDifferentPrices() {
    List<Trade> trades = trades(Markets.spot("BTCUSDT"), START, 600);
    int shared = 0;
    for (int i = 1; i < trades.size(); i++) {
      if (trades.get(i).time == trades.get(i - 1).time
          && trades.get(i).order != trades.get(i - 1).order) {
        shared++;
      }
    }
    assertThat(shared).isPositive();
  }

  @Test
  void pricesAreMultiplesOfTheTickAndSizesAreAboveZero() {
    Listing listing =
        Markets.MARKET.find(Venue.BITGET_USDT_FUTURES, "ADAUSDT", Markets.NOW).orElseThrow();
    assertThat(listing.instrument().tick()).isEqualTo(5);
    assertThat(trades(listing, START, 100))
        .allSatisfy(
            trade -> {
              assertThat(trade.price % 5).isZero();
              assertThat(trade.price).isPositive();
              assertThat(trade.size).isPositive();
            });
  }

  @Property(tries = 100)
  void aNumberLeadsToItsMinute(@ForAll @LongRange(max = 40_000_000) long id) {
    Tape tape = Markets.spot("BTCUSDT").tape();
    MinuteTrades minute = tape.reader().load(tape.minuteOfTrade(id));
    assertThat(id).isBetween(minute.id(0), minute.id(minute.count() - 1));
  }

  @Property(tries = 100)
  void aNumberOfAnOrderLeadsToItsMinute(@ForAll @LongRange(max = 2_000_000) long order) {
    Tape tape = Markets.spot("NMRUSDT").tape();
    MinuteTrades minute = tape.reader().load(tape.minuteOfOrder(order));
    assertThat(order).isBetween(minute.order(0), minute.order(minute.count() - 1));
  }

  @Property(tries = 100)
  void aMomentLeadsToTheNumberOfItsFirstTrade(
      @ForAll @LongRange(min = 1_600_000_000_000L, max = 1_741_900_000_000L) long time) {
    Tape tape = Markets.spot("ETHUSDT").tape();
    long id = tape.firstTradeFrom(time);
    MinuteTrades minute = tape.reader().load(tape.minuteOfTrade(id));
    assertThat(minute.time((int) (id - minute.id(0)))).isGreaterThanOrEqualTo(time);
    minute.load(tape.minuteOfTrade(id - 1));
    assertThat(minute.time((int) (id - 1 - minute.id(0)))).isLessThan(time);
  }

  @Test
  void aMinuteIsTheSameInWhateverOrderItIsRead() {
    Listing listing = Markets.spot("SOLUSDT");
    List<Trade> forward = trades(listing, START, 50);
    List<Trade> backward = new ArrayList<>();
    MinuteTrades reader = listing.tape().reader();
    for (long minute = START + 49; minute >= START; minute--) {
      reader.load(minute);
      for (int i = reader.count() - 1; i >= 0; i--) {
        backward.addFirst(trade(reader, i));
      }
    }
    assertThat(backward).isEqualTo(forward);
  }

  @Test
  void theFirstTradeHasTheNumberZeroAndComesWithTheListing() {
    Listing listing = Markets.spot("BTCUSDT");
    MinuteTrades first = listing.tape().reader().load(listing.tape().minuteOfTrade(0));
    assertThat(first.id(0)).isZero();
    assertThat(first.order(0)).isZero();
    assertThat(first.time(0))
        .isBetween(
            listing.instrument().listed().toEpochMilli(),
            listing.instrument().listed().toEpochMilli() + 60_000);
  }

  @Test
  void nothingIsTradedAfterTheEnd() {
    Listing listing = Markets.spot("MATICUSDT");
    long end = listing.instrument().ended().orElseThrow().toEpochMilli();
    assertThat(listing.tape().tradesUntil(Markets.NOW)).isEqualTo(listing.tape().tradesUntil(end));
    assertThat(listing.tape().tradesUntil(end - 600_000))
        .isLessThan(listing.tape().tradesUntil(end));
  }
}
