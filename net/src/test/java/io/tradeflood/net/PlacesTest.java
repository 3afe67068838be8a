package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Places places = new Places(1);
  private final LinkedBlockingQueue<String> served = new LinkedBlockingQueue<>();

  @Test
  void manyWhoWaitForOneLimitDoNotKeepThoseOfAnotherWaiting() throws Exception {
    places.acquire("weight");
    for (int i = 0; i < 10; i++) come("weight", "weight " + i);
    come("calls", "calls 0");
    come("calls", "calls 1");
    assertThat(nextServed(5))
        .isEqualTo(List.of("weight 0", "calls 0", "weight 1", "calls 1", "weight 2"));
    assertThat(nextServed(7)).hasSize(7).allMatch(who -> who.startsWith("weight "));
  }

  @Test
  void whoIsInterruptedLeavesTheTurnToTheNext() throws Exception {
    places.acquire("a");
    var first = come("a", "first");
    come("a", "second");
    var only = come("b", "only");
    first.interrupt();
    only.interrupt();
    awaitWaiting(1);
    assertThat(nextServed(1)).isEqualTo(List.of("second"));
    places.release();
    places.acquire("c");
    assertThat(places.waiting()).isZero();
  }

  @Test
  void aPlaceGivenToSomebodyWhoIsInterruptedIsNotLost() throws Exception {
    for (int i = 0; i < 300; i++) {
      var one = new Places(1);
      one.acquire("a");
      var done = new CompletableFuture<Boolean>();
      var thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      one.acquire("b");
                      one.release();
                      done.complete(true);
                    } catch (InterruptedException _) {
                      done.complete(false);
                    }
                  });
      var releasing = Thread.ofVirtual().start(one::release);
      thread.interrupt();
      releasing.join();
      done.get(10, TimeUnit.SECONDS);
      one.acquire("c");
      assertThat(one.waiting()).isZero();
    }
  }

  private void awaitWaiting(int number) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> places.waiting() == number);
  }

  private Thread come(String party, String name) {
    int before = places.waiting();
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    places.acquire(party);
                    served.add(name);
                  } catch (InterruptedException _) {
                    // it does not want the place any more
                  }
                });
    awaitWaiting(before + 1);
    return thread;
  }

  /** Who is served when the one place is given back so often. */
  private List<String> nextServed(int number) throws InterruptedException {
    var names = new ArrayList<String>();
    for (int i = 0; i < number; i++) {
      places.release();
      var name = served.poll(10, TimeUnit.SECONDS);
      if (name != null) names.add(name);
    }
    return names;
  }
}
