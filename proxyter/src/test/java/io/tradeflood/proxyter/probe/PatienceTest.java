package io.tradeflood.proxyter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private long now;
  private final Patience patience = new Patience(now);

  private boolean lasts(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    return patience.lasts(now);
  }

  /** How many milliseconds it lasts, if it is looked at so often. */
  private long length(long every) {
    long millis = every;
    while (lasts(every)) millis += every;
    return millis;
  }

  @Test
  void itLastsFiveSeconds() {
    assertThat(length(5)).isEqualTo(5_000);
  }

  @Test
  void onceAProxyHasServedAMomentIsLeft() {
    lasts(5);
    patience.served();
    assertThat(length(5)).isEqualTo(800);
  }

  @Test
  void theMomentIsLongerWhereTheQuickestIsSlow() {
    for (int i = 0; i < 40; i++) lasts(5);
    patience.served();
    assertThat(length(5)).isEqualTo(1_600);
  }

  @Test
  void theMomentNeverMakesItLonger() {
    for (int i = 0; i < 200; i++) lasts(20);
    patience.served();
    assertThat(length(5)).isEqualTo(1_000);
  }

  @Test
  void whileThisMachineStoodStillNobodyHadTimeToSpeak() {
    lasts(5);
    patience.served();
    assertThat(lasts(10_000)).isTrue();
    assertThat(patience.isLost()).isTrue();
  }

  @Test
  void aMachineThatIsBusyButWorksLosesNothing() {
    length(15);
    assertThat(patience.isLost()).isFalse();
  }
}
