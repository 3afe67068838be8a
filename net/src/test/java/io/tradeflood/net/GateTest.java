package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.connector.Limit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final LimitKey KEY =
      new LimitKey("acme.rest weight", "https://api.acme.example", "", "direct");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Timeline timeline = Timeline.of(InstantSource.system());

  private Gate gate(long capacity, Duration window) {
    return new Gate(KEY, Limit.of("weight", capacity, window), new ServerClock(), timeline);
  }

  private static void take(Gate gate, long amount) throws InterruptedException {
    gate.take(amount, PATIENCE, _ -> new IllegalStateException("too long"));
  }

  private static HttpReply reply() {
    var now = java.time.Instant.EPOCH;
    return new HttpReply(200, java.util.Map.of(), new byte[0], now, now);
  }

  @Test
  void aBurstThatTheWindowHoldsGoesThroughAtOnce() throws Exception {
    var gate = gate(100, Duration.ofHours(1));
    for (int i = 0; i < 100; i++) take(gate, 1);
    assertThat(gate.state().left()).isZero();
  }

  @Test
  void whoComesFirstIsServedFirst() throws Exception {
    var gate = gate(1, Duration.ofMillis(20));
    take(gate, 1);
    var order = new CopyOnWriteArrayList<Integer>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      take(gate, 1);
                      order.add(number);
                      gate.answered(1, timeline.nanos(), timeline.nanos(), reply());
                    } catch (InterruptedException _) {
                      order.add(-1);
                    }
                  }));
      int waiting = i + 1;
      Awaitility.await().until(() -> gate.state().waiting() == waiting);
    }
    gate.answered(1, timeline.nanos(), timeline.nanos(), reply());
    for (var thread : threads) thread.join();
    assertThat(order).isEqualTo(List.of(0, 1, 2, 3, 4));
  }

  @Test
  void whoIsInterruptedLeavesTheQueueToTheOthers() throws Exception {
    var gate = gate(1, Duration.ofMillis(20));
    take(gate, 1);
    var first = new CompletableFuture<Boolean>();
    var second = new CompletableFuture<Boolean>();
    var thread = waiting(gate, first);
    Awaitility.await().until(() -> gate.state().waiting() == 1);
    waiting(gate, second);
    Awaitility.await().until(() -> gate.state().waiting() == 2);
    thread.interrupt();
    assertThat(first.get(10, TimeUnit.SECONDS)).isFalse();
    gate.giveBack(1);
    assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private static Thread waiting(Gate gate, CompletableFuture<Boolean> got) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                take(gate, 1);
                got.complete(true);
              } catch (InterruptedException _) {
                got.complete(false);
              }
            });
  }

  @Test
  void aPauseLongerThanTheirPatienceFreesAllWhoWait() throws Exception {
    var gate = gate(1, Duration.ofHours(1));
    take(gate, 1);
    var failures = new CopyOnWriteArrayList<String>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++)
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      take(gate, 1);
                    } catch (IllegalStateException tooLong) {
                      failures.add(String.valueOf(tooLong.getMessage()));
                    } catch (InterruptedException interrupted) {
                      failures.add("interrupted");
                    }
                  }));
    Awaitility.await().until(() -> gate.state().waiting() == 3);
    gate.shut(timeline.nanos() + Duration.ofHours(2).toNanos(), true);
    for (var thread : threads) thread.join();
    assertThat(failures).isEqualTo(List.of("too long", "too long", "too long"));
    assertThatThrownBy(() -> take(gate, 1)).hasMessage("too long");
    assertThat(gate.state().ban()).isTrue();
    assertThat(gate.state().shutUntil()).isPresent();
  }

  @Test
  void sixteenThreadsNeverMakeAnExchangeCountTooMuch() throws Exception {
    long capacity = 40;
    long window = Duration.ofMillis(50).toNanos();
    var gate = gate(capacity, Duration.ofNanos(window));
    var counted = new ConcurrentHashMap<Long, Long>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 16; i++) {
      long amount = 1 + i % 5;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int n = 0; n < 60; n++) {
                        take(gate, amount);
                        long sent = timeline.nanos();
                        // The exchange counts here, in windows of its own clock.
                        counted.merge((timeline.nanos() + 123_456_789) / window, amount, Long::sum);
                        gate.answered(amount, sent, timeline.nanos(), reply());
                      }
                    } catch (InterruptedException _) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    for (var thread : threads) thread.join();
    long all = 60 * (1 + 2 + 3 + 4 + 5) * 3 + 60;
    assertThat(counted.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(all);
    assertThat(counted.values()).allMatch(sum -> sum <= capacity);
  }
}
