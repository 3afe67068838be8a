package io.tradeflood.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.exchange.binance.BinanceSpotStream;
import io.tradeflood.live.Arrival;
import io.tradeflood.live.Event;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedState;
import io.tradeflood.live.Overflow;
import io.tradeflood.live.ReadOptions;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.net.stream.StreamLimits;
import io.tradeflood.simulator.Chaos;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is watched while everything goes wrong is the truth, or said to be missing: each trade of
 * the market once or inside a gap, each book the exchange's at its number, no reader stopped by
 * another, and no memory that grows.
 */
@Timeout(240)
class LiveTruthTest {
  private static final Instant START = Instant.parse("2025-03-14T09:00:00Z");
  private static final int COINS = 200;
  private static final double SPEED = 6;
  private static final Duration RUN = Duration.ofMinutes(10);
  private static final int DEPTH = 8;

  private static final String CHAOS =
      """
      drop@0.0005
      repeat@0.01
      reorder@0.005
      stall=3s@0.00002
      cut@0.00002
      disconnect=15s+15s
      oldsnapshot=2s@0.1
      error=503@0.02
      """;

  /** With few channels on each, one of many connections breaks every few seconds. */
  interface ManyConnections extends BinanceSpotStream {
    @Override
    default StreamLimits streamLimits() {
      return BinanceSpotStream.super.streamLimits().channels(50, 50, 4096);
    }
  }

  /** What is told of the trades of one instrument. */
  private static final class Trades implements FeedSink<Trade> {
    final List<Trade> rows = new ArrayList<>();
    final List<TimeRange> gaps = new ArrayList<>();
    Optional<Failure> failure = Optional.empty();

    @Override
    public synchronized void rows(List<? extends Trade> more, Arrival arrival) {
      rows.addAll(more);
    }

    @Override
    public synchronized void state(FeedState state, Instant received) {
      if (state instanceof FeedState.Gap(var range, _)) gaps.add(range);
    }

    @Override
    public synchronized void end(Optional<Failure> why) {
      failure = why;
    }
  }

  private final SimulatorOptions options =
      SimulatorOptions.defaults()
          .startingAt(START)
          .withSpeed(SPEED)
          .withCoins(COINS)
          .withLimits(LimitOptions.OFF)
          .withChaos(Chaos.parse(CHAOS).withSeed(7));
  private final Simulator simulator = Simulator.start(options);

  /** What was found to be wrong. */
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

  private final AtomicLong books = new AtomicLong();

  @Test
  void whateverGoesWrongWhatIsToldIsTheTruth() throws Exception {
    var symbols = new ArrayList<Symbol>();
    for (int coin = 1; coin <= COINS; coin++) symbols.add(Symbol.of("COIN%d/USDT".formatted(coin)));
    var builder = TradeFlood.builder().clock(() -> now()).use(ManyConnections.class);
    simulator.hosts().forEach(builder::host);
    try (simulator;
        TradeFlood flood = builder.build()) {
      var requests = new ArrayList<Request<?>>();
      for (Symbol symbol : symbols) {
        requests.add(trades(symbol));
        requests.add(book(symbol));
      }
      var told = new LinkedHashMap<Symbol, Trades>();
      try (var watch = flood.watch(requests)) {
        var readers = new ArrayList<Thread>();
        for (Symbol symbol : symbols) {
          var sink = new Trades();
          told.put(symbol, sink);
          watch.feed(trades(symbol)).attach(sink);
          var books = watch.feed(book(symbol)).read();
          readers.add(
              Thread.ofVirtual()
                  .start(
                      () -> {
                        while (books.hasNext())
                          if (books.next() instanceof Event.Data<OrderBook> data)
                            check(symbol, data.row());
                      }));
        }
        // One that never reads harms nobody.
        var slow =
            watch
                .feed(book(symbols.getFirst()))
                .read(new ReadOptions(Overflow.DROP_OLDEST, 4, false));
        long early = pass(RUN.dividedBy(3));
        long late = pass(RUN.multipliedBy(2).dividedBy(3));
        assertThat(slow.lag()).as("what it has not read").isLessThanOrEqualTo(8);
        assertThat(late - early)
            .as("growth of the heap, bytes, from %,d to %,d", early, late)
            .isLessThan(96L << 20);
        simulator.chaos(Chaos.NONE);
        pass(Duration.ofMinutes(1)); // what was broken last is mended
      }
      var stats = simulator.stats();
      for (String fault : List.of("drop", "repeat", "reorder", "cut", "disconnect", "oldsnapshot"))
        assertThat(stats.played(fault)).as(fault).isPositive();
      long trades = 0;
      for (var entry : told.entrySet()) trades += check(entry.getKey(), entry.getValue());
      assertThat(wrong).isEmpty();
      assertThat(books).hasValueGreaterThan(500);
      assertThat(trades).isGreaterThan(500);
    }
  }

  private Instant now() {
    return options.clock().instant();
  }

  private static Request<Trade> trades(Symbol symbol) {
    return Request.of("binance", Trade.class, new NowQuery(symbol));
  }

  private static Request<OrderBook> book(Symbol symbol) {
    return Request.of("binance", OrderBook.class, new BookQuery(symbol, OptionalInt.of(DEPTH)));
  }

  /** Waits for the market's clock; gives the heap that is in use then. */
  private long pass(Duration duration) {
    Instant end = now().plus(duration);
    while (now().isBefore(end)) LockSupport.parkNanos(50_000_000);
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private Listing listing(Symbol symbol) {
    return simulator.market().listing(Venue.BINANCE_SPOT, symbol.join(""));
  }

  private void check(Symbol symbol, OrderBook book) {
    if (books.incrementAndGet() % 16 != 0) return; // the truth takes longer to make than the book
    var listing = listing(symbol);
    var truth = listing.books().book(book.sequence().orElseThrow(), DEPTH);
    int prices = listing.instrument().priceScale();
    int sizes = listing.instrument().sizeScale();
    boolean same =
        same(book.bids(), truth.bids(), prices, sizes)
            && same(book.asks(), truth.asks(), prices, sizes);
    if (!same)
      wrong.add("book of %s at %s: %s, truth %s".formatted(symbol, book.sequence(), book, truth));
  }

  private static boolean same(
      List<OrderBook.Level> levels,
      io.tradeflood.simulator.market.OrderBook.Side truth,
      int prices,
      int sizes) {
    if (levels.size() != truth.depth()) return false;
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      if (level.price().compareTo(BigDecimal.valueOf(truth.price(i), prices)) != 0
          || level.size().compareTo(BigDecimal.valueOf(truth.size(i), sizes)) != 0) return false;
    }
    return true;
  }

  /** How many trades were told; each must be the market's, and all of them, but for gaps. */
  private long check(Symbol symbol, Trades told) {
    if (told.failure.isPresent()) wrong.add(symbol + " ended: " + told.failure.get());
    if (told.rows.isEmpty()) return 0;
    long first = Long.parseLong(told.rows.getFirst().id());
    long last = Long.parseLong(told.rows.getLast().id());
    var listing = listing(symbol);
    Map<Long, Trade> rows = new LinkedHashMap<>();
    for (Trade row : told.rows)
      if (rows.put(Long.parseLong(row.id()), row) != null)
        wrong.add("%s told trade %s twice".formatted(symbol, row.id()));
    for (var truth : listing.trades(first, last)) {
      var row = rows.get(truth.id());
      Instant time = Instant.ofEpochMilli(truth.time());
      if (row == null) {
        if (told.gaps.stream()
            .noneMatch(gap -> !time.isBefore(gap.start()) && !time.isAfter(gap.end())))
          wrong.add("%s lost trade %d of %s without a word".formatted(symbol, truth.id(), time));
        continue;
      }
      boolean same =
          row.time().equals(time)
              && row.price()
                      .compareTo(
                          BigDecimal.valueOf(truth.price(), listing.instrument().priceScale()))
                  == 0
              && row.size()
                      .compareTo(BigDecimal.valueOf(truth.size(), listing.instrument().sizeScale()))
                  == 0
              && row.side() == (truth.sold() ? Side.SELL : Side.BUY);
      if (!same) wrong.add("%s told %s, truth %s".formatted(symbol, row, truth));
    }
    return rows.size();
  }
}
