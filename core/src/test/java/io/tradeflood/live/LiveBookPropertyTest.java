package io.tradeflood.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.live.NoisyExchange.Numbering;
import io.tradeflood.model.BookChange;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.OrderBook.Level;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LiveBookPropertyTest {
  private static final int NOISY_TICKS = 400;

  /** Longer than the longest pause and the patience behind it. */
  private static final int QUIET_TICKS = 900;

  @Property(tries = 120)
  void whatIsToldIsTrueAndAfterTheNoiseTheBookStands(
      @ForAll Numbering numbering,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 15) int noise)
      throws InterruptedException {
    var exchange = new NoisyExchange(numbering, seed);
    var book = new LiveBook("A/B of acme", numbering.rules(), exchange.services());
    var whole = new Told(exchange, Integer.MAX_VALUE);
    var top = new Told(exchange, 3);
    var changes = new Changes(exchange);
    book.books().attach(whole);
    book.books(3).attach(top);
    book.changes().attach(changes);
    var latest = book.books(5).read(ReadOptions.standard().overflow(Overflow.CONFLATE));
    book.open(exchange);
    exchange.connect();

    exchange.noise = noise;
    for (int i = 0; i < NOISY_TICKS; i++) {
      exchange.tick();
      if (i % 3 == 0) readLatest(latest, exchange);
    }
    exchange.noise = 0;
    for (int i = 0; i < QUIET_TICKS; i++) exchange.tick();

    assertThat(book.state()).isEqualTo(LiveBook.State.SYNCED);
    assertThat(whole.last).isEqualTo(exchange.last());
    assertThat(whole.rows).isEqualTo(top.rows).isEqualTo(changes.rows).isGreaterThan(100);
    assertThat(readLatest(latest, exchange)).isEqualTo(exchange.last());
    if (noise == 0) assertThat(whole.states).isEqualTo(1);
  }

  private static long readLatest(FeedReader<OrderBook> latest, NoisyExchange exchange)
      throws InterruptedException {
    long last = -1;
    for (var event = latest.poll(Duration.ZERO);
        event.isPresent();
        event = latest.poll(Duration.ZERO))
      if (event.get() instanceof Event.Data<OrderBook> data) last = check(data.row(), exchange, 5);
    return last;
  }

  private static long check(OrderBook book, NoisyExchange exchange, int depth) {
    long number = book.sequence().orElseThrow();
    var truth = exchange.truth().at(number).top(depth);
    assertThat(book.bids()).isEqualTo(truth.bids());
    assertThat(book.asks()).isEqualTo(truth.asks());
    return number;
  }

  private static final class Told implements FeedSink<OrderBook> {
    private final NoisyExchange exchange;
    private final int depth;
    private boolean synced;
    private long last = -1;
    private int rows;
    private int states;

    Told(NoisyExchange exchange, int depth) {
      this.exchange = exchange;
      this.depth = depth;
    }

    @Override
    public void rows(List<? extends OrderBook> told, Arrival arrival) {
      assertThat(synced).isTrue();
      for (OrderBook book : told) {
        long number = check(book, exchange, depth);
        assertThat(number).isGreaterThan(last);
        last = number;
        rows++;
      }
    }

    @Override
    public void state(FeedState state, Instant received) {
      synced = state instanceof FeedState.Synced;
      if (synced) states++;
      // A snapshot of a new subscription may repeat the past.
      if (!synced) last = -1;
    }

    @Override
    public void end(Optional<Failure> why) {
      throw new AssertionError("ended", why.orElse(null));
    }
  }

  /** Keeps a book of its own from the changes. */
  private static final class Changes implements FeedSink<BookChange> {
    private final NoisyExchange exchange;
    private final TreeMap<BigDecimal, Level> bids = new TreeMap<>();
    private final TreeMap<BigDecimal, Level> asks = new TreeMap<>();
    private boolean first;
    private int rows;

    Changes(NoisyExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void rows(List<? extends BookChange> told, Arrival arrival) {
      for (BookChange change : told) {
        if (first) assertThat(change.whole()).isTrue();
        first = false;
        if (change.whole()) {
          bids.clear();
          asks.clear();
        }
        change.bids().forEach(level -> put(bids, level));
        change.asks().forEach(level -> put(asks, level));
        var truth = exchange.truth().at(change.last().orElseThrow());
        assertThat(List.copyOf(bids.descendingMap().values())).isEqualTo(truth.bids());
        assertThat(List.copyOf(asks.values())).isEqualTo(truth.asks());
        rows++;
      }
    }

    private static void put(TreeMap<BigDecimal, Level> side, Level level) {
      side.remove(level.price());
      if (level.size().signum() != 0) side.put(level.price(), level);
    }

    @Override
    public void state(FeedState state, Instant received) {
      if (state instanceof FeedState.Synced) first = true;
    }

    @Override
    public void end(Optional<Failure> why) {
      throw new AssertionError("ended", why.orElse(null));
    }
  }
}
