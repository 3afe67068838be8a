package io.tradeflood.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
  private static Samples of(double... values) {
    var samples = new Samples();
    for (double value : values) samples.add(value);
    return samples;
  }

  @Test
  void theMedianLiesInTheMiddle() {
    assertThat(of(3, 1, 2).median()).isEqualTo(2);
    assertThat(of(4, 1, 3, 2).median()).isEqualTo(2.5);
    assertThat(of(7).median()).isEqualTo(7);
  }

  @Test
  void theLeastAndTheMostAreKnown() {
    assertThat(of(3, 1, 2).least()).isEqualTo(1);
    assertThat(of(3, 1, 2).most()).isEqualTo(3);
  }

  @Test
  void roundsAreComparedEachWithItsOwn() {
    assertThat(of(10, 40, 30).ratioTo(of(5, 10, 30))).isEqualTo(2);
    assertThat(of(10, 40, 33).excessOver(of(5, 10, 30))).isEqualTo(5);
  }
}
