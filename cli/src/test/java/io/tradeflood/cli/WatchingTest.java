package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.PlanExplanation;
import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.Watch;
import io.tradeflood.WatchPlan;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.FeedState;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Trade;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of feeds is said once. */
class WatchingTest {
  private static final Request<Trade> TRADES =
      Request.of("acme", Trade.class, new NowQuery(Symbol.of("BTC/USDT")));

  /** A feed to which something happens as soon as it is watched. */
  private record Happening(FeedSource<Trade> feed, List<FeedState> states)
      implements WatchPlan, Watch {
    @Override
    public List<Request<?>> requests() {
      return List.of(TRADES);
    }

    @Override
    public PlanExplanation explain() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Watch start(Consumer<? super Watch> first) {
      first.accept(this);
      for (FeedState state : states) feed.state(state, Instant.EPOCH);
      feed.end(Optional.empty());
      return this;
    }

    @Override
    @SuppressWarnings("unchecked") // there is one request
    public <M> Feed<M> feed(Request<M> request) {
      return (Feed<M>) feed;
    }

    @Override
    public void close() {}
  }

  private static final LiveView NOWHERE =
      new LiveView() {
        @Override
        public void show(List<Shown> more) {}

        @Override
        public void close() {}
      };

  private static List<String> said(FeedState... states) throws IOException {
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    try (var flood = TradeFlood.of()) {
      new Watching(
              flood.index(),
              terminal,
              NOWHERE,
              false,
              Optional.empty(),
              OptionalLong.empty(),
              () -> false)
          .of(new Happening(new FeedSource<>(), List.of(states)), false);
    }
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aSilentFeedIsSaidToBeSilentAndNotOnceMoreToBeLost() throws IOException {
    var said =
        said(
            new FeedState.Connected(),
            new FeedState.Synced(),
            new FeedState.Stale("has sent no data for 60 s"),
            new FeedState.Desynced("acme.stream#1 has sent no data for 60 s"),
            new FeedState.Connected(),
            new FeedState.Synced(),
            new FeedState.Desynced("the connection was closed"));
    assertThat(said)
        .containsExactly(
            "acme BTC/USDT Trade stale: has sent no data for 60 s",
            "acme BTC/USDT Trade synced",
            "acme BTC/USDT Trade desynced: the connection was closed");
  }
}
