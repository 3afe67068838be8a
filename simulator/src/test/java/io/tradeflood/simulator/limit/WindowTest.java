package io.tradeflood.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
  void limitsAreScaled() {
    assertThat(LimitOptions.REAL.scaled(0.1).limit(6000)).isEqualTo(600);
    assertThat(LimitOptions.REAL.scaled(0.000_001).limit(6000)).isEqualTo(1);
    assertThatThrownBy(() -> LimitOptions.REAL.scaled(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
