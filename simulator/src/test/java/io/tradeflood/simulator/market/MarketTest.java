package io.tradeflood.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarketTest {
  private static final long NOW = Markets.NOW;

  @Test
  void equalSeedsGiveEqualMarkets() {
    assertThat(day(new Market(5))).isEqualTo(day(new Market(5)));
    assertThat(day(new Market(5))).isNotEqualTo(day(new Market(6)));
  }

  /** Fixed numbers: what was recorded against a seed once must stay true on every machine. */
  @Test
  void aSeedGivesTheSameMarketEverywhere() {
    Bar bar = day(new Market(1));
    assertThat(List.of(bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()))
        .containsExactly(6_034_874L, 6_065_661L, 5_891_582L, 5_984_461L, 52_514_966L);
  }

  private static Bar day(Market market) {
    long midnight = Instant.parse("2024-06-01T00:00:00Z").toEpochMilli();
    return market
        .find(Venue.BINANCE_SPOT, "BTCUSDT", NOW)
        .orElseThrow()
        .bars()
        .between(midnight, midnight + Grid.DAY, NOW);
  }

  @ParameterizedTest
  @EnumSource(Venue.class)
  void theLastPriceLiesBetweenTheBestBidAndTheBestAsk(Venue venue) {
    for (Listing listing : Markets.MARKET.listed(venue, NOW)) {
      if (listing.instrument().tradedAt(NOW)) {
        OrderBook book = listing.books().at(NOW, 20);
        long time = book.time();
        long last = listing.bars().between(time, time + 1, time).close();
        assertThat(last)
            .as(listing.instrument().symbol())
            .isBetween(book.bids().price(0), book.asks().price(0));
        assertThat(book.bids().price(0)).isLessThan(book.asks().price(0));
        ordered(listing.instrument(), book);
      }
    }
  }

  private static void ordered(Instrument instrument, OrderBook book) {
    for (int i = 1; i < book.asks().depth(); i++) {
      assertThat(book.asks().price(i)).isGreaterThan(book.asks().price(i - 1));
      assertThat(book.asks().price(i) % instrument.tick()).isZero();
      assertThat(book.asks().size(i)).isPositive();
    }
    for (int i = 1; i < book.bids().depth(); i++) {
      assertThat(book.bids().price(i)).isLessThan(book.bids().price(i - 1));
      assertThat(book.bids().size(i)).isPositive();
    }
  }

  @Test
  void twoBooksShortlyAfterEachOtherHaveMostLevelsInCommon() {
    Listing listing = Markets.spot("BTCUSDT");
    OrderBook first = listing.books().at(NOW, 1000);
    OrderBook second = listing.books().at(NOW + 100, 1000);
    long common = 0;
    for (int i = 0, j = 0; i < 1000 && j < 1000; ) {
      long a = first.bids().price(i);
      long b = second.bids().price(j);
      if (a == b && first.bids().size(i) == second.bids().size(j)) {
        common++;
      }
      i += a >= b ? 1 : 0;
      j += b >= a ? 1 : 0;
    }
    assertThat(second.updateId()).isGreaterThan(first.updateId());
    assertThat(common).isGreaterThan(900);
  }

  @Test
  void markIndexAndLastPriceKeepTogether() {
    for (Listing listing : Markets.MARKET.listed(Venue.BINANCE_USDM, NOW)) {
      if (listing.instrument().tradedAt(NOW) && listing.instrument().kind() == Kind.PERPETUAL) {
        double last =
            listing.bars().between(NOW, NOW + 1, NOW).close()
                / Math.pow(10, listing.instrument().priceScale());
        double mark = listing.prices().value(ReferencePrices.Of.MARK, NOW);
        double index = listing.prices().value(ReferencePrices.Of.INDEX, NOW);
        assertThat(mark / index).isBetween(0.995, 1.005);
        assertThat(mark / last).isBetween(0.98, 1.02);
      }
    }
  }

  @Test
  void anIndexIsTheSameForAllContractsOfItsPair() {
    List<Listing> bitcoins =
        Markets.MARKET.listed(Venue.BINANCE_USDM, NOW).stream()
            .filter(listing -> listing.instrument().pair().equals("BTCUSDT"))
            .toList();
    assertThat(bitcoins).hasSizeGreaterThan(2);
    assertThat(bitcoins)
        .extracting(listing -> listing.prices().at(ReferencePrices.Of.INDEX, NOW))
        .containsOnly(bitcoins.getFirst().prices().at(ReferencePrices.Of.INDEX, NOW));
  }

  @Test
  void aReferenceHourIsTheSumOfItsMinutes() {
    Listing listing = Markets.contract("BTCUSDT");
    long open = NOW / Grid.HOUR * Grid.HOUR - 5 * Grid.HOUR;
    for (ReferencePrices.Of of : ReferencePrices.Of.values()) {
      var hours = new ArrayList<ReferenceBar>();
      var minutes = new ArrayList<ReferenceBar>();
      listing.prices().tell(of, Grid.every(Grid.HOUR), open, open, NOW, hours::add);
      listing
          .prices()
          .tell(of, Grid.every(Grid.MINUTE), open, open + Grid.HOUR - 1, NOW, minutes::add);
      ReferenceBar sum = minutes.stream().reduce(ReferenceBar::then).orElseThrow();
      assertThat(hours).containsExactly(sum);
    }
  }

  @Test
  void whatIsNotYetListedIsUnknown() {
    long then = Instant.parse("2019-01-01T00:00:00Z").toEpochMilli();
    assertThat(Markets.MARKET.find(Venue.BINANCE_SPOT, "SOLUSDT", then)).isEmpty();
    assertThat(Markets.MARKET.find(Venue.BINANCE_SPOT, "BTCUSDT", then)).isPresent();
    assertThat(Markets.MARKET.listed(Venue.BINANCE_USDM, then)).isEmpty();
  }

  @Test
  void thereIsEnoughToCollect() {
    assertThat(Markets.MARKET.listed(Venue.BINANCE_SPOT, NOW)).hasSizeGreaterThanOrEqualTo(30);
    assertThat(Markets.MARKET.listed(Venue.BITGET_SPOT, NOW)).hasSizeGreaterThanOrEqualTo(30);
    assertThat(Markets.MARKET.listed(Venue.BINANCE_USDM, NOW)).hasSizeGreaterThanOrEqualTo(20);
    assertThat(Markets.MARKET.listed(Venue.BITGET_USDT_FUTURES, NOW))
        .hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void aContractThatIsDeliveredEndsAtThePriceOfTheIndex() {
    Listing contract = Markets.MARKET.find(Venue.BINANCE_USDM, "BTCUSDT_241227", NOW).orElseThrow();
    long end = contract.instrument().ended().orElseThrow().toEpochMilli();
    assertThat(Instant.ofEpochMilli(end)).isEqualTo("2024-12-27T08:00:00Z");
    double last = contract.bars().between(end - Grid.HOUR, end, NOW).close() / 10.0;
    assertThat(last / contract.prices().value(ReferencePrices.Of.INDEX, end)).isBetween(0.99, 1.01);
    double early = contract.prices().value(ReferencePrices.Of.PREMIUM, end - 170 * Grid.DAY);
    assertThat(early).isGreaterThan(0.01);
  }
}
