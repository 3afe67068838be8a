package io.tradeflood.proxyter.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.proxyter.limit.Limit.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LimitTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aConcurrentLimitIsFullUntilOneEnds() {
    var limit = Limit.of(new Spec.Concurrent(2));
    assertThat(limit.take(1, 0)).isTrue();
    assertThat(limit.take(1, 0)).isTrue();
    assertThat(limit.take(1, 0)).isFalse();
    assertThat(limit.roomAt(1, 0)).isEqualTo(Long.MAX_VALUE);
    limit.giveBack(1, 0);
    assertThat(limit.take(1, 0)).isTrue();
    assertThat(limit.used(0)).isEqualTo(2);
  }

  @Test
  void aRateSpreadsEvenlyAfterItsBurst() {
    var limit = Limit.of(new Spec.Rate(10, SECOND, 3));
    for (int i = 0; i < 3; i++) assertThat(limit.take(1, 5_000)).isTrue();
    assertThat(limit.take(1, 5_000)).isFalse();
    assertThat(limit.roomAt(1, 5_000)).isEqualTo(5_100);
    assertThat(limit.take(1, 5_099)).isFalse();
    assertThat(limit.take(1, 5_100)).isTrue();
    assertThat(limit.take(1, 5_100)).isFalse();
    assertThat(limit.take(3, 60_000)).isTrue();
  }

  @Test
  void anAlignedWindowOpensAnewAtItsBorder() {
    var limit = Limit.of(new Spec.Window(100, SECOND, false));
    assertThat(limit.take(100, 999)).isTrue();
    assertThat(limit.take(1, 999)).isFalse();
    assertThat(limit.roomAt(1, 999)).isEqualTo(1_000);
    assertThat(limit.take(100, 1_000)).isTrue();
    assertThat(limit.roomAt(101, 1_000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatTheTargetSaysIsUsedCountsUpwardsOnly() {
    var limit = Limit.of(new Spec.Window(100, SECOND, false));
    limit.take(10, 0);
    limit.atLeast(60, 1);
    assertThat(limit.used(1)).isEqualTo(60);
    limit.atLeast(20, 2);
    assertThat(limit.used(2)).isEqualTo(60);
    limit.atLeast(500, 2);
    assertThat(limit.take(1, 2)).isFalse();
    assertThat(limit.used(1_000)).isZero();
  }

  @Test
  void allLimitsAreTakenOrNone() {
    var many = Limit.of(new Spec.Concurrent(10));
    var window = Limit.of(new Spec.Window(10, SECOND, false));
    var full = Limit.of(new Spec.Concurrent(1));
    full.take(1, 0);
    var takes =
        List.of(
            new Reservation.Take(many, 1),
            new Reservation.Take(window, 5),
            new Reservation.Take(full, 1));
    assertThat(Reservation.take(takes, 0)).isEmpty();
    assertThat(many.used(0)).isZero();
    assertThat(window.used(0)).isZero();
    full.giveBack(1, 0);
    var reservation = Reservation.take(takes, 0).orElseThrow();
    reservation.close(1);
    reservation.close(1);
    assertThat(many.used(1)).isZero();
    assertThat(window.used(1)).as("used up, not held").isEqualTo(5);
  }

  @Property(tries = 200)
  void neverMoreThanTheMostInAnyRollingWindow(
      @ForAll @IntRange(min = 1, max = 50) int most,
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 400) Integer> pauses) {
    var limit = Limit.of(new Spec.Window(most, SECOND, true));
    var taken = new TreeMap<Long, Long>();
    long now = 1_000_000;
    for (int pause : pauses) {
      now += pause;
      while (limit.take(1, now)) taken.merge(now, 1L, Long::sum);
    }
    for (long start : taken.keySet())
      assertThat(taken.subMap(start, start + 1_000).values().stream().mapToLong(x -> x).sum())
          .isLessThanOrEqualTo(most);
  }

  @Property(tries = 200)
  void roomIsWhereItIsSaidToBe(
      @ForAll @Size(max = 100) List<@IntRange(min = 0, max = 700) Integer> pauses,
      @ForAll boolean rolling) {
    var limit = Limit.of(new Spec.Window(7, SECOND, rolling));
    long now = 0;
    for (int pause : pauses) {
      now += pause;
      long at = limit.roomAt(3, now);
      assertThat(at).isNotEqualTo(Long.MAX_VALUE);
      if (at > now) assertThat(limit.take(3, at - 1)).isFalse();
      now = at;
      assertThat(limit.take(3, now)).isTrue();
    }
  }

  @Test
  void sixteenThreadsNeverTakeMoreThanAnyLimitHolds() throws Exception {
    var clock = new AtomicLong();
    var window = Limit.of(new Spec.Window(500, Duration.ofMillis(100), false));
    var atOnce = Limit.of(new Spec.Concurrent(5));
    var open = new AtomicLong();
    var most = new AtomicLong();
    var perWindow = new AtomicLongArray(101);
    var work = new ArrayList<Callable<Void>>();
    for (int t = 0; t < 16; t++)
      work.add(
          () -> {
            for (int i = 0; i < 4_000; i++) {
              long now = clock.updateAndGet(c -> Math.min(c + 1, 9_999));
              var takes = List.of(new Reservation.Take(atOnce, 1), new Reservation.Take(window, 1));
              var reservation = Reservation.take(takes, now);
              if (reservation.isEmpty()) continue;
              most.accumulateAndGet(open.incrementAndGet(), Math::max);
              perWindow.incrementAndGet((int) (now / 100));
              open.decrementAndGet();
              reservation.get().close(now);
            }
            return null;
          });
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var done : threads.invokeAll(work)) done.get();
    }
    assertThat(most.get()).isBetween(1L, 5L);
    assertThat(atOnce.used(10_000)).isZero();
    long total = 0;
    for (int i = 0; i < perWindow.length(); i++) total += perWindow.get(i);
    assertThat(total).isPositive();
  }

  @Test
  void aLimitThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Spec.Concurrent(0)).hasMessageContaining("at least 1, was 0");
    assertThatThrownBy(() -> new Spec.Window(1, Duration.ofMillis(1), true))
        .hasMessageContaining("at least 10 ms");
  }
}
