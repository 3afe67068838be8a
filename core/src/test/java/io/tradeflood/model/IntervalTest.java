package io.tradeflood.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void isReadAndWrittenAsUsersWriteIt() {
    for (Interval interval : Interval.COMMON)
      assertThat(Interval.parse(interval.toString())).isEqualTo(interval);
    assertThat(Interval.parse("1m")).isNotEqualTo(Interval.parse("1M"));
    assertThat(Interval.parse("10m").duration()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void whatIsNoIntervalIsRefusedInOneLine() {
    for (String text : new String[] {"", "m", "0m", "1x", "-1m", "1 m", "1.5h", "999999d"})
      assertThatThrownBy(() -> Interval.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + text + "\"")
          .hasMessageContaining("1m")
          .hasMessageNotContaining("\n");
  }

  @Test
  void weeksStartOnMondayAndMonthsOnTheirFirstDay() {
    var sunday = Instant.parse("2025-06-15T23:59:59Z");
    assertThat(Interval.W1.floor(sunday)).isEqualTo(Instant.parse("2025-06-09T00:00:00Z"));
    assertThat(Interval.W1.next(sunday)).isEqualTo(Instant.parse("2025-06-16T00:00:00Z"));
    assertThat(Interval.MONTH1.floor(sunday)).isEqualTo(Instant.parse("2025-06-01T00:00:00Z"));
    assertThat(Interval.MONTH1.next(Instant.parse("2024-02-29T12:00:00Z")))
        .isEqualTo(Instant.parse("2024-03-01T00:00:00Z"));
    assertThat(Interval.MONTH1.plus(Instant.parse("2025-01-01T00:00:00Z"), -13))
        .isEqualTo(Instant.parse("2023-12-01T00:00:00Z"));
  }

  @Test
  void threeDaysCountFromTheEpoch() {
    assertThat(Interval.D3.floor(Instant.parse("2017-08-17T05:00:00Z")))
        .isEqualTo(Instant.parse("2017-08-16T00:00:00Z"));
  }

  @Test
  void aRangeHoldsTheBarsThatStartInIt() {
    var range =
        new TimeRange(Instant.parse("2025-01-01T00:00:30Z"), Instant.parse("2025-01-01T00:03:00Z"));
    assertThat(Interval.M1.count(range)).isEqualTo(2);
    assertThat(Interval.MONTH1.count(TimeRange.parse("2024-01-01/2025-01-01"))).isEqualTo(12);
    assertThat(Interval.W1.count(TimeRange.parse("2024-01-01/P14D"))).isEqualTo(2);
  }

  @Property
  void everyMomentLiesInExactlyOneBar(
      @ForAll @From("intervals") Interval interval,
      @ForAll @LongRange(min = -2_000_000_000_000L, max = 4_000_000_000_000L) long millis) {
    var moment = Instant.ofEpochMilli(millis);
    var floor = interval.floor(moment);
    assertThat(floor).isBeforeOrEqualTo(moment);
    assertThat(interval.next(moment)).isAfter(moment);
    assertThat(interval.floor(floor)).isEqualTo(floor);
    assertThat(interval.at(interval.index(moment))).isEqualTo(floor);
    assertThat(interval.plus(floor, 1)).isEqualTo(interval.next(moment));
    assertThat(interval.index(interval.next(moment))).isEqualTo(interval.index(moment) + 1);
    assertThat(interval.ceil(floor)).isEqualTo(floor);
  }

  @Provide
  Arbitrary<Interval> intervals() {
    return Arbitraries.of(Interval.COMMON);
  }
}
