package io.tradeflood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradeflood.acme.AcmeLiveBook;
import io.tradeflood.acme.AcmeLiveTrades;
import io.tradeflood.acme.AcmeMarks;
import io.tradeflood.acme.AcmePolledTrades;
import io.tradeflood.acme.AcmeServer;
import io.tradeflood.acme.AcmeTickers;
import io.tradeflood.acme.AcmeTrades;
import io.tradeflood.live.Arrival;
import io.tradeflood.live.Event;
import io.tradeflood.live.FeedReader;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedState;
import io.tradeflood.live.Overflow;
import io.tradeflood.live.ReadOptions;
import io.tradeflood.model.BookChange;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests are watched: what they share is subscribed to once, and each goes on by itself. */
@Timeout(60)
class WatchTest {
  private static final Instant NOW = AcmeServer.FIRST_TRADE.plusSeconds(5_000);
  private static final Symbol BTC = Symbol.of("BTC/USDT");

  private final AcmeServer acme = new AcmeServer(NOW);
  private final TradeFlood flood =
      new FloodBuilder(false)
          .add(
              AcmeLiveBook.class,
              AcmeLiveTrades.class,
              AcmeTrades.class,
              AcmeTickers.class,
              AcmeMarks.class,
              AcmePolledTrades.class)
          .clock(() -> NOW)
          .setting("acme", "server", acme.name())
          .build();

  @AfterEach
  void close() {
    flood.close();
    acme.close();
  }

  private static Request<Trade> trades(String symbol) {
    return Request.of("acme", Trade.class, new NowQuery(Symbol.of(symbol)));
  }

  private void tells(String symbol, long... numbers) {
    for (long number : numbers) acme.feed(symbol).rows(List.of(number), Arrival.stream(NOW));
  }

  private static List<String> ids(FeedReader<Trade> reader, int count) {
    var ids = new ArrayList<String>();
    while (ids.size() < count && reader.hasNext())
      if (reader.next() instanceof Event.Data<Trade> data) ids.add(data.row().id());
    return ids;
  }

  private void connects(String symbol) {
    acme.feed(symbol).state(new FeedState.Connected(), NOW);
  }

  @Test
  void planningReachesOutToNothingAndTellsWhatWouldBeDone() {
    var explained = flood.planWatch(List.of(trades("BTC/USDT"))).explain();
    assertThat(explained.toString())
        .contains("acme BTC/USDT trade", "by AcmeLiveTrades on acme.stream")
        .contains("subscribe BTC/USDT");
    assertThat(acme.calls()).isEmpty();
  }

  @Test
  void equalRequestsOfTwoWatchesShareOneSubscriptionAndTheLastLeavesIt() {
    var first = flood.watch(List.of(trades("BTC/USDT")));
    var second = flood.watch(List.of(trades("BTC/USDT")));
    var one = first.feed(trades("BTC/USDT")).read();
    var two = second.feed(trades("BTC/USDT")).read();
    await().until(() -> acme.subscriptions() == 1 && acme.feed("BTC/USDT").isWatched());
    connects("BTC/USDT");
    tells("BTC/USDT", 1, 2);
    assertThat(ids(one, 2)).containsExactly("1", "2");
    assertThat(ids(two, 2)).containsExactly("1", "2");
    first.close();
    assertThat(one.hasNext()).isFalse();
    assertThat(one.failure()).isEmpty();
    tells("BTC/USDT", 3);
    assertThat(ids(two, 1)).containsExactly("3");
    second.close();
    await().atMost(java.time.Duration.ofSeconds(20)).until(() -> acme.subscriptions() == 0);
    assertThat(acme.calls("subscribe")).hasSize(1);
  }

  @Test
  void whatABrokenConnectionMissedIsFetchedFromTheHistory() {
    try (var watch = flood.watch(List.of(trades("BTC/USDT")))) {
      var reader = watch.feed(trades("BTC/USDT")).read();
      await().until(() -> acme.feed("BTC/USDT").isWatched());
      connects("BTC/USDT");
      tells("BTC/USDT", 4_990);
      acme.feed("BTC/USDT").state(new FeedState.Desynced("the connection was lost"), NOW);
      connects("BTC/USDT");
      tells("BTC/USDT", 4_999);
      assertThat(ids(reader, 10))
          .containsExactly(
              "4990", "4991", "4992", "4993", "4994", "4995", "4996", "4997", "4998", "4999");
      assertThat(acme.calls("trades")).isNotEmpty();
    }
  }

  @Test
  void oneThatIsRefusedEndsAloneWithTheExchangesWords() {
    acme.refuses(call -> call.equals("subscribe NO/USDT"));
    try (var watch = flood.watch(List.of(trades("NO/USDT"), trades("BTC/USDT")))) {
      var refused = watch.feed(trades("NO/USDT")).read();
      var other = watch.feed(trades("BTC/USDT")).read();
      assertThat(refused.hasNext()).isFalse();
      assertThat(refused.failure())
          .get()
          .isInstanceOfSatisfying(Failure.Refused.class, f -> assertThat(f.code()).isEqualTo("7"));
      await().until(() -> acme.feed("BTC/USDT").isWatched());
      connects("BTC/USDT");
      tells("BTC/USDT", 1);
      assertThat(ids(other, 1)).containsExactly("1");
    }
  }

  @Test
  void aBookIsKeptOnceHoweverItIsAskedFor() {
    var best = Request.of("acme", OrderBook.class, new BookQuery(BTC, OptionalInt.of(1)));
    var whole = Request.of("acme", OrderBook.class, new BookQuery(BTC));
    var changes = Request.of("acme", BookChange.class, new BookQuery(BTC));
    var plan = flood.planWatch(List.of(best, whole, changes));
    assertThat(plan.explain().toString()).contains("book BTC/USDT", "subscribe book BTC/USDT");
    try (var watch = plan.start()) {
      var ones = watch.feed(best).read();
      var wholes = watch.feed(whole).read();
      var deltas = watch.feed(changes).read();
      await().until(() -> acme.book("BTC/USDT").isPresent());
      acme.tellsBook("BTC/USDT", 9, 50);
      acme.tellsBook("BTC/USDT", 10, 50);
      acme.tellsBook("BTC/USDT", 11, 101);
      assertThat(row(ones).bids().toString()).contains("price=101, size=11");
      assertThat(row(wholes).bids()).hasSize(3);
      assertThat(row(deltas).whole()).isTrue();
      acme.tellsBook("BTC/USDT", 12, 99);
      assertThat(row(wholes).sequence()).hasValue(12);
      assertThat(row(deltas).bids().toString()).contains("price=99, size=12");
      assertThat(acme.calls("book")).hasSize(1);
      assertThat(acme.calls("subscribe")).hasSize(1);
    }
  }

  @Test
  void theNewestBookIsMadeWhenItIsReadAndEndsWithTheWatch() {
    var whole = Request.of("acme", OrderBook.class, new BookQuery(BTC));
    var watch = flood.watch(List.of(whole));
    var newest = watch.feed(whole).read(ReadOptions.standard().overflow(Overflow.CONFLATE));
    await().until(() -> acme.book("BTC/USDT").isPresent());
    acme.tellsBook("BTC/USDT", 9, 50);
    acme.tellsBook("BTC/USDT", 10, 50);
    acme.tellsBook("BTC/USDT", 11, 101);
    acme.tellsBook("BTC/USDT", 12, 99);
    assertThat(row(newest).sequence()).hasValue(12);
    assertThat(newest.dropped()).isPositive();
    watch.close();
    assertThat(newest.hasNext()).isFalse();
    assertThat(newest.isEnded()).isTrue();
    assertThatThrownBy(
            () -> watch.feed(whole).read(ReadOptions.standard().overflow(Overflow.CONFLATE)))
        .hasMessageContaining("The watch is closed");
  }

  private static <M> M row(FeedReader<M> reader) {
    while (reader.hasNext()) if (reader.next() instanceof Event.Data<M> data) return data.row();
    throw new AssertionError("it ended: " + reader.failure());
  }

  @Test
  void whatIsNotToldLiveIsSaidBeforehand() {
    var index = Request.of("acme", IndexPrice.class, new NowQuery(BTC));
    var plan = flood.planWatch(List.of(index));
    assertThat(plan.explain().toString())
        .contains("cannot: Model indexPrice of acme is not told live: pull it");
    try (var watch = plan.start()) {
      var reader = watch.feed(index).read();
      assertThat(reader.hasNext()).isFalse();
      assertThat(reader.failure()).containsInstanceOf(Failure.Unsupported.class);
    }
    assertThatThrownBy(
            () ->
                flood
                    .requests()
                    .readLive(
                        new Words("acme", List.of("BTC/USDT"), List.of("indexPrice"), Map.of())))
        .hasMessageContaining(
            "Model indexPrice of acme is not told live: pull it, or watch one of book, bookChange, markPrice, trade");
    assertThat(
            flood
                .requests()
                .readLive(new Words("acme", List.of("BTC/USDT"), List.of("trade"), Map.of())))
        .isEqualTo(List.of(trades("BTC/USDT")));
  }

  private static Request<MarkPrice> mark(String symbol) {
    return Request.of("acme", MarkPrice.class, new NowQuery(Symbol.of(symbol)));
  }

  @Test
  void whatNoStreamTellsIsAskedForAgainAndAgainOnceForAll() throws Exception {
    var plan = flood.planWatch(List.of(mark("BTC/USDT")));
    assertThat(plan.explain().toString())
        .contains("by AcmeMarks on acme.rest\n", "mark BTC-USDT", "acme weight")
        .contains(
            "asked for every 0.001 s while it changes, less often while not, every 0.004 s at last");
    assertThat(acme.calls()).isEmpty();
    try (var watch = plan.start();
        var other = flood.watch(List.of(mark("BTC/USDT")))) {
      var one = watch.feed(mark("BTC/USDT")).read();
      var two = other.feed(mark("BTC/USDT")).read();
      acme.marks("BTC-USDT").addAll(List.of(5L, 5L, 6L, 6L, 6L, 7L));
      for (var reader : List.of(one, two))
        for (int price = 5; price <= 7; price++)
          assertThat(row(reader).price()).isEqualByComparingTo(BigDecimal.valueOf(price));
    }
    assertThat(acme.calls("mark")).hasSizeGreaterThan(5);
  }

  @Test
  void whatIsPolledAndRefusedEndsAloneWithTheExchangesCode() {
    acme.refuses(call -> call.equals("mark NO-USDT"));
    acme.marks("BTC-USDT").addAll(List.of(5L, 5L, 5L));
    try (var watch = flood.watch(List.of(mark("NO/USDT"), mark("BTC/USDT")))) {
      var refused = watch.feed(mark("NO/USDT")).read();
      assertThat(refused.hasNext()).isFalse();
      assertThat(refused.failure())
          .get()
          .isInstanceOfSatisfying(Failure.Refused.class, f -> assertThat(f.code()).isEqualTo("7"));
      // Who comes late is told the value that the others were told before.
      await().until(() -> acme.calls("mark").size() == 5);
      assertThat(row(watch.feed(mark("BTC/USDT")).read()).price()).isEqualTo("5");
    }
  }

  @Test
  void closingAWatchEndsItsQuestions() {
    var watch = flood.watch(List.of(mark("BTC/USDT")));
    var reader = watch.feed(mark("BTC/USDT")).read();
    await().until(() -> acme.calls("mark").size() == 1);
    flood.close();
    assertThat(reader.hasNext()).isFalse();
    assertThat(reader.failure()).isEmpty();
    watch.close();
  }

  @Test
  void whatAStreamTellsIsNotAskedFor() {
    assertThat(flood.planWatch(List.of(trades("BTC/USDT"))).explain().toString())
        .contains("by AcmeLiveTrades on acme.stream");
  }

  @Test
  void closingTradeFloodEndsWhatIsWatched() {
    var watch = flood.watch(List.of(trades("BTC/USDT")));
    var reader = watch.feed(trades("BTC/USDT")).read();
    await().until(() -> acme.feed("BTC/USDT").isWatched());
    flood.close();
    while (reader.hasNext()) reader.next();
    assertThat(reader.isEnded()).isTrue();
    assertThat(acme.subscriptions()).isZero();
  }

  @Test
  void whoAttachesBeforeTheStartMissesNothing() {
    var states = new ArrayList<FeedState>();
    var plan = flood.planWatch(List.of(trades("BTC/USDT")));
    try (var watch =
        plan.start(
            begun -> {
              begun.feed(trades("BTC/USDT")).attach(new States(states));
              assertThat(acme.calls("subscribe")).isEmpty();
            })) {
      assertThat(watch.requests()).containsExactly(trades("BTC/USDT"));
      await().until(() -> acme.subscriptions() == 1 && acme.feed("BTC/USDT").isWatched());
      connects("BTC/USDT");
      assertThat(states).containsExactly(new FeedState.Connected(), new FeedState.Synced());
    }
  }

  /** Keeps the states. */
  private record States(List<FeedState> told) implements FeedSink<Trade> {
    @Override
    public void rows(List<? extends Trade> rows, Arrival arrival) {}

    @Override
    public void state(FeedState state, Instant received) {
      told.add(state);
    }

    @Override
    public void end(Optional<Failure> why) {}
  }

  @Test
  void aStartThatFailsLeavesNothingBehindAndOthersBeginAllTheSame() {
    var plan = flood.planWatch(List.of(trades("BTC/USDT")));
    assertThatThrownBy(
            () ->
                plan.start(
                    _ -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(acme.calls("subscribe")).isEmpty();
    try (var watch = plan.start()) {
      await().until(() -> acme.subscriptions() == 1);
      assertThat(watch.requests()).hasSize(1);
    }
  }
}
