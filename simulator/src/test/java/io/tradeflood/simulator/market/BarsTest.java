package io.tradeflood.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarsTest {
  private static final long NOW = Markets.NOW;

  private static List<Bar> bars(Listing listing, Grid grid, long first, long last) {
    List<Bar> bars = new ArrayList<>();
    listing.bars().tell(grid, first, last, NOW, bars::add);
    return bars;
  }

  private static Bar joined(List<Bar> bars) {
    Bar sum = bars.getFirst();
    for (Bar bar : bars.subList(1, bars.size())) {
      sum = sum.then(bar);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTCUSDT", "ETHBTC", "NMRUSDT", "BTCEUR"})
  void anHourIsTheSumOfItsMinutes(String symbol) {
    Listing listing = Markets.spot(symbol);
    long start = NOW / Grid.HOUR * Grid.HOUR - 30 * Grid.HOUR;
    for (Bar hour : bars(listing, Grid.every(Grid.HOUR), start, start + 20 * Grid.HOUR)) {
      List<Bar> minutes =
          bars(listing, Grid.every(Grid.MINUTE), hour.openTime(), hour.openTime() + Grid.HOUR - 1);
      assertThat(minutes).hasSize(60);
      if (hour.count() > 0) {
        assertThat(joined(minutes)).isEqualTo(hour);
      }
    }
  }

  @Test
  void dayWeekAndMonthAreTheSumsOfTheirHours() {
    Listing listing = Markets.spot("BTCUSDT");
    for (Grid grid :
        List.of(
            Grid.every(Grid.DAY),
            Grid.weeks(),
            Grid.months(),
            Grid.months().shifted(8 * Grid.HOUR))) {
      long open = grid.step(grid.floor(NOW), -2);
      Bar whole = bars(listing, grid, open, open).getFirst();
      Bar sum = joined(bars(listing, Grid.every(Grid.HOUR), open, grid.next(open) - 1));
      assertThat(whole).isEqualTo(sum);
    }
  }

  @Property(tries = 60)
  void anySpanIsTheSumOfItsTrades(
      @ForAll @LongRange(min = 1_640_000_000_000L, max = 1_741_000_000_000L) long from,
      @ForAll @IntRange(min = 1, max = 10_000_000) int length) {
    Listing listing = Markets.contract("ETHUSDT");
    Bar bar = listing.bars().between(from, from + length, NOW);
    Tape tape = listing.tape();
    assertThat(bar.firstTrade()).isEqualTo(tape.firstTradeFrom(from));
    assertThat((long) bar.count())
        .isEqualTo(tape.tradesUntil(from + length - 1) - bar.firstTrade());
    long volume = 0;
    long quote = 0;
    MinuteTrades trades = tape.reader();
    for (long minute = from / 60_000; minute <= (from + length) / 60_000; minute++) {
      trades.load(minute);
      for (int i = 0; i < trades.count(); i++) {
        if (trades.time(i) >= from && trades.time(i) < from + length) {
          volume += trades.size(i);
          quote += trades.size(i) * trades.price(i);
        }
      }
    }
    assertThat(bar.volume()).isEqualTo(volume);
    assertThat(bar.quoteVolume()).isEqualTo(quote);
  }

  @Test
  void whatIsKeptIsWhatWouldBeComputed() {
    Listing warm = Markets.spot("BTCUSDT");
    List<Bar> first = bars(warm, Grid.every(Grid.DAY), NOW - 40 * Grid.DAY, NOW);
    List<Bar> second = bars(warm, Grid.every(Grid.DAY), NOW - 40 * Grid.DAY, NOW);
    Listing cold = new Market(7).find(Venue.BINANCE_SPOT, "BTCUSDT", NOW).orElseThrow();
    List<Bar> third = bars(cold, Grid.every(Grid.DAY), NOW - 40 * Grid.DAY, NOW);
    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
  }

  @Test
  void theCandleOfNowHasTheTradesUpToNow() {
    Listing listing = Markets.spot("BTCUSDT");
    Bar open = bars(listing, Grid.every(Grid.HOUR), NOW - Grid.HOUR, NOW).getLast();
    assertThat(open.openTime()).isEqualTo(NOW / Grid.HOUR * Grid.HOUR);
    assertThat(open.lastTrade() + 1).isEqualTo(listing.tape().tradesUntil(NOW));
  }

  @Test
  void minutesWithoutTradesAreFlatAtTheLastPrice() {
    List<Bar> bars =
        bars(Markets.spot("NMRUSDT"), Grid.every(Grid.MINUTE), NOW - 600 * Grid.MINUTE, NOW);
    int quiet = 0;
    for (int i = 1; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      if (bar.count() == 0) {
        quiet++;
        assertThat(bar.volume()).isZero();
        assertThat(List.of(bar.open(), bar.high(), bar.low(), bar.close()))
            .containsOnly(bars.get(i - 1).close());
      }
    }
    assertThat(quiet).isBetween(60, 540);
  }

  @Test
  void aMinuteBeginsNearWhereTheLastOneEnded() {
    List<Bar> bars =
        bars(Markets.spot("BTCUSDT"), Grid.every(Grid.MINUTE), NOW - 1000 * Grid.MINUTE, NOW);
    for (int i = 1; i < bars.size(); i++) {
      double ratio = (double) bars.get(i).open() / bars.get(i - 1).close();
      assertThat(ratio).isBetween(0.997, 1.003);
    }
  }

  @Test
  void candlesBeginWithTheFirstTradeAndEndWithTheLast() {
    Listing listing = Markets.spot("MATICUSDT");
    Grid days = Grid.every(Grid.DAY);
    List<Bar> bars = bars(listing, days, 0, NOW);
    assertThat(bars.getFirst().openTime())
        .isEqualTo(days.floor(listing.instrument().listed().toEpochMilli()));
    assertThat(bars.getLast().openTime())
        .isEqualTo(days.floor(listing.instrument().ended().orElseThrow().toEpochMilli() - 1));
  }

  @Test
  void dollarsAreCountedAtTheRateOfTheQuoteAsset() {
    Bar bar = Markets.spot("ETHBTC").bars().between(NOW - Grid.DAY, NOW + 1, NOW);
    double bitcoin =
        Markets.spot("BTCUSDT").bars().between(NOW - Grid.DAY, NOW + 1, NOW).open() / 100.0;
    assertThat((double) bar.dollarVolume() / bar.quoteVolume())
        .isBetween(bitcoin * 0.8, bitcoin * 1.2);
  }
}
