package io.tradeflood.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TallyTest {

  @Property(tries = 200)
  void theTotalIsTheSumOfTheMinutes(
      @ForAll long key, @ForAll @LongRange(min = 0, max = 40_000_000) long start) {
    Tally tally = new Tally(key, 8, 1, 2, 3);
    long sum = 0;
    for (long minute = start; minute < start + 300; minute++) {
      sum += tally.in(minute);
    }
    assertThat(tally.before(start + 300) - tally.before(start)).isEqualTo(sum);
  }

  @Property(tries = 200)
  void noMinuteHasLessThanNothingOrMoreThanTheMost(
      @ForAll long key,
      @ForAll @IntRange(max = 9) int base,
      @ForAll @IntRange(max = 4) int day,
      @ForAll @IntRange(max = 4) int hour,
      @ForAll @IntRange(max = 4) int minute,
      @ForAll @LongRange(min = 0, max = 40_000_000) long start) {
    Tally tally = new Tally(key, base, day, hour, minute);
    for (long at = start; at < start + 3000; at += 7) {
      assertThat(tally.in(at)).isBetween(0, tally.most());
    }
  }

  @Property(tries = 50)
  void theMeanIsTheBaseOverTwoDays(@ForAll long key, @ForAll @IntRange(max = 20_000) int pair) {
    Tally tally = new Tally(key, 5, 2, 2, 1);
    long start = pair * 2880L;
    assertThat(tally.before(start + 2880) - tally.before(start)).isEqualTo(5 * 2880L);
  }
}
