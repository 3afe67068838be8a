package io.tradeflood.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who holds a subscription, and when it is closed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SubscriptionsTest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch let = new CountDownLatch(1);
  private final Source source = Turns.implement(Source.class, "acme.stream", (_, _) -> this);

  interface Source {
    SubscriptionsTest test();

    @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
    default Turn<Acme.Feed> feed(String symbol) {
      return Turn.of(new Open(test(), symbol));
    }
  }

  record Open(SubscriptionsTest test, String symbol) implements Act<Acme.Feed, Acme.Feed> {
    @Override
    public Description describe(Call<?> call) {
      return Description.of("SUBSCRIBE " + symbol);
    }

    @Override
    public Acme.Feed perform(Call<?> call) throws InterruptedException {
      test.asked.countDown();
      test.let.await();
      return new Acme.Feed();
    }

    @Override
    public Acme.Feed read(Acme.Feed feed) {
      return feed;
    }
  }

  @Test
  void whoLeavesBeforeItIsOpenHoldsItNoLonger() throws InterruptedException {
    try (var runner = new TurnRunner();
        var run = runner.start(new TurnScheme())) {
      var leaving = run.submit("leaving", source.feed("BTC"));
      var staying = run.submit("staying", source.feed("BTC"));
      asked.await();
      leaving.cancel();
      let.countDown();
      var feed = staying.await();
      assertThat(feed.closed).hasValue(0);

      staying.cancel();

      assertThat(feed.closed).hasValue(1);
    }
  }

  @Test
  void whoFailsOverSomethingElseHoldsItNoLonger() throws InterruptedException {
    let.countDown();
    try (var runner = new TurnRunner();
        var run = runner.start(new TurnScheme())) {
      var staying = run.submit("staying", source.feed("BTC"));
      var feed = staying.await();
      var failing =
          run.submit(
              "failing",
              source
                  .feed("BTC")
                  .map(
                      _ -> {
                        throw new Failure.Refused("no", "-1", 400);
                      }));
      assertThat(failing.outcome()).isInstanceOf(Outcome.Failed.class);

      staying.cancel();

      assertThat(feed.closed).hasValue(1);
    }
  }
}
