package io.tradeflood.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowTest {
  private final Window window = LimitOptions.REAL.window("test", 10, Duration.ofMinutes(1));

  @Test
  void everyClientHasItsOwnCount() {
    window.add("a", 4, 0);
    assertThat(window.add("b", 3, 0).used()).isEqualTo(3);
    assertThat(window.add("a", 4, 59_999).used()).isEqualTo(8);
    assertThat(window.total()).isEqualTo(11);
    assertThat(window.peak()).isEqualTo(8);
  }

  @Test
  void aNewWindowStartsAnewAtAFullMinute() {
    window.add("a", 10, 59_000);
    assertThat(window.untilReset(59_000)).isEqualTo(1000);
    assertThat(window.add("a", 1, 60_000).used()).isEqualTo(1);
  }

  @Test
  void requestsBeyondTheLimitAreCounted() {
    assertThat(window.add("a", 10, 0).requests()).isZero();
    assertThat(window.add("a", 1, 0).requests()).isEqualTo(1);
    assertThat(window.add("a", 1, 0).requests()).isEqualTo(2);
    assertThat(window.add("a", 11, 60_000).requests()).isEqualTo(1);
  }

  @Test
  void whatEachWindowHeldIsRemembered() {
    window.add("a", 10, 59_999);
    window.add("b", 3, 0);
    window.add("a", 2, 180_000);
    assertThat(window.latest())
        .containsExactly(
            Map.entry(Instant.EPOCH, 13L), Map.entry(Instant.parse("1970-01-01T00:03:00Z"), 2L));
    window.reset();
    assertThat(window.latest()).isEmpty();
  }

  @Test
  void onlyTheLatestWindowsAreRemembered() {
    for (int minute = 0; minute < 1000; minute++) window.add("a", 1, minute * 60_000L);
    assertThat(window.latest())
        .hasSize(600)
        .containsKey(Instant.EPOCH.plus(Duration.ofMinutes(999)));
    assertThat(window.total()).isEqualTo(1000);
  }

  @Test
  void limitsAreScaled() {
    assertThat(LimitOptions.REAL.scaled(0.1).limit(6000)).isEqualTo(600);
    assertThat(LimitOptions.REAL.scaled(0.000_001).limit(6000)).isEqualTo(1);
    assertThatThrownBy(() -> LimitOptions.REAL.scaled(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
