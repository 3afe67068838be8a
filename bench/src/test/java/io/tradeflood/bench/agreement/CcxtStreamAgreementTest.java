package io.tradeflood.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tradeflood.bench.BenchOptions;
import io.tradeflood.bench.Child;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.market.Venue;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The streams of the simulator, watched by ccxt: what it says must be true of the market. It has
 * numbers where the market has decimals: its values are the nearest doubles.
 */
class CcxtStreamAgreementTest {
  private static final Path PEERS = Path.of(System.getProperty("tradeflood.peers", "peers"));
  private static final int LEVELS = 20;
  private static final double SPEED = 20;

  @ParameterizedTest
  @CsvSource({
    "binance, BTC/USDT, BINANCE_SPOT",
    "binance, BTC/USDT:USDT, BINANCE_USDM",
    "bitget, BTC/USDT, BITGET_SPOT",
    "bitget, BTC/USDT:USDT, BITGET_USDT_FUTURES"
  })
  void ccxtWatchesTheSimulatorAndSaysWhatIsTrue(String exchange, String symbol, Venue venue)
      throws Exception {
    assumeThat(BenchOptions.hasPeers(PEERS))
        .as("ccxt is not installed: run npm ci in peers/ to compare with it")
        .isTrue();
    var options = SimulatorOptions.defaults().startingAt(Ours.NOW).withSpeed(SPEED);
    try (var simulator = Simulator.start(options)) {
      var said =
          Said.read(
              Child.node(
                  PEERS,
                  CcxtStreamAgreementTest.class,
                  "ccxt-streams.mjs",
                  List.of(
                      simulator.baseUrl().toString(),
                      simulator.streamUrl().toString(),
                      exchange,
                      symbol)));
      var listing = simulator.market().listing(venue, "BTCUSDT");
      var truth = new Said();
      said.rows().get("trade").forEach(row -> trade(truth, listing, row));
      said.rows().get("book").forEach(row -> book(truth, listing, row));
      said.rows().get("candle").forEach(row -> candle(truth, listing, row));
      said.rows().get("ticker").forEach(row -> ticker(truth, listing, row));
      truth.isWhatIsSaidBy(
          "ccxt", said, Said::isSameDouble, "trade", "book", "bid", "ask", "candle", "ticker");
      assertThat(said.rows().get("book")).hasSize(40);
      assertThat(said.rows().get("candle")).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  private static void trade(Said truth, Listing listing, List<String> row) {
    long id = Long.parseLong(row.getFirst());
    var instrument = listing.instrument();
    var trade = listing.trades(id, id).getFirst();
    truth.add(
        "trade",
        id,
        trade.time(),
        price(instrument, trade.price()),
        size(instrument, trade.size()),
        trade.sold() ? "sell" : "buy");
  }

  /**
   * Bitget's updates have no number for ccxt, but a moment; a snapshot of Binance's spot market has
   * a number only.
   */
  private static void book(Said truth, Listing listing, List<String> row) {
    String number = row.getFirst();
    String time = row.get(1);
    OrderBook book =
        number.equals(Said.NOTHING)
            ? listing.books().at(Long.parseLong(time), LEVELS)
            : listing.books().book(Long.parseLong(number), LEVELS);
    truth.add("book", number.equals(Said.NOTHING) ? null : book.updateId(), time);
    levels(truth, "bid", listing.instrument(), book.bids());
    levels(truth, "ask", listing.instrument(), book.asks());
  }

  private static void levels(Said truth, String kind, Instrument instrument, OrderBook.Side side) {
    for (int i = 0; i < side.depth(); i++)
      truth.add(kind, price(instrument, side.price(i)), size(instrument, side.size(i)));
  }

  private static void candle(Said truth, Listing listing, List<String> row) {
    long open = Long.parseLong(row.getFirst());
    var bar = listing.bars().between(open, open + Grid.MINUTE, open + Grid.MINUTE);
    var values = new ArrayList<Object>(List.of(open));
    values.addAll(prices(listing.instrument(), bar));
    values.add(size(listing.instrument(), bar.volume()));
    truth.add("candle", values.toArray());
  }

  private static List<BigDecimal> prices(Instrument instrument, Bar bar) {
    return List.of(
        price(instrument, bar.open()),
        price(instrument, bar.high()),
        price(instrument, bar.low()),
        price(instrument, bar.close()));
  }

  private static void ticker(Said truth, Listing listing, List<String> row) {
    long time = Long.parseLong(row.getFirst());
    var instrument = listing.instrument();
    var bar = listing.bars().between(time - Grid.DAY, time + 1, time);
    truth.add(
        "ticker",
        time,
        price(instrument, bar.close()),
        price(instrument, bar.open()),
        price(instrument, bar.high()),
        price(instrument, bar.low()),
        size(instrument, bar.volume()),
        BigDecimal.valueOf(bar.quoteVolume(), instrument.quoteScale()));
  }

  private static BigDecimal price(Instrument instrument, long price) {
    return BigDecimal.valueOf(price, instrument.priceScale());
  }

  private static BigDecimal size(Instrument instrument, long size) {
    return BigDecimal.valueOf(size, instrument.sizeScale());
  }
}
