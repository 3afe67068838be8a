package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.connector.Limit;
import io.tradeflood.net.ExchangeModel.World;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BudgetPropertiesTest {
  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void theExchangeNeverCountsMoreThanTheCapacityInAnyOfItsWindows(
      @ForAll("roughWorlds") World world) {
    var counted = new ExchangeModel(world).play(windows(world));
    assertThat(counted.values()).allMatch(sum -> sum <= world.limit().capacity());
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void noWindowHoldsTooMuchWhereverItBeginsIfItsBeginningIsNotKnown(
      @ForAll("roughSeconds") World world) {
    var model = new ExchangeModel(world);
    model.play(windows(world));
    assertThat(model.mostInAnyWindow()).isBetween(1L, world.limit().capacity());
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void enoughDemandUsesAlmostAllThatIsAllowed(@ForAll("worlds") World world) {
    var counted = new ExchangeModel(world).play(windows(world));
    // What is asked at the very end of a window counts for the next one too, as far as we can know:
    // a burst at the start may cost one window. The last window is not over.
    long first = counted.firstKey() + 2;
    long used =
        counted.subMap(first, counted.lastKey()).values().stream().mapToLong(Long::longValue).sum();
    long allowed = (counted.lastKey() - first) * world.limit().capacity();
    assertThat(used).isGreaterThanOrEqualTo(allowed * 95 / 100);
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void aStartNearABorderLosesAlmostNothingOfTheWindowThatFollows(
      @ForAll("starts") World world, @ForAll @LongRange(min = -6000, max = 6000) long before) {
    var counted = new ExchangeModel(world).startingBeforeBorder(Duration.ofMillis(before)).play(5);
    var whole = counted.subMap(counted.firstKey() + 1, counted.lastKey());
    assertThat(whole).hasSizeGreaterThanOrEqualTo(3);
    long capacity = world.limit().capacity();
    assertThat(whole.values()).allMatch(sum -> sum <= capacity && sum >= capacity * 95 / 100);
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void firstRequestsThatTakeLongAreNotTakenForTheWay(
      @ForAll("worlds") World world,
      @ForAll @IntRange(min = 1, max = 40) int requests,
      @ForAll @LongRange(min = 10, max = 3000) long longer) {
    var counted =
        new ExchangeModel(world)
            .slowAtFirst(requests, Duration.ofMillis(longer))
            .play(windows(world));
    assertThat(counted.values()).allMatch(sum -> sum <= world.limit().capacity());
  }

  /** As those of Binance's spot and USD-M, on usual ways. */
  @Provide
  Arbitrary<World> starts() {
    return minutes(50).filter(World::dated);
  }

  /**
   * Where the exchange's clock is known each of its windows is used; where it is not, the first may
   * be used in part, which does not matter in the long run.
   */
  private static int windows(World world) {
    return world.dated() && world.limit().window().toSeconds() > 1 ? 8 : 100;
  }

  @Provide
  Arbitrary<World> worlds() {
    return Arbitraries.oneOf(minutes(200), seconds(10));
  }

  /** Where ways differ more than anybody can plan for. */
  @Provide
  Arbitrary<World> roughWorlds() {
    return Arbitraries.oneOf(minutes(5000), roughSeconds());
  }

  /** The same where windows are too short to tell where they begin. */
  @Provide
  Arbitrary<World> roughSeconds() {
    return Arbitraries.oneOf(seconds(2), seconds(20), seconds(200));
  }

  /** As Binance counts; ways differ by so many milliseconds. */
  private Arbitrary<World> minutes(int rough) {
    return Combinators.combine(
            Arbitraries.of(2400L, 6000L, 1200L),
            Arbitraries.longs().between(-40_000_000, 40_000_000),
            Arbitraries.longs().between(0, 150),
            Arbitraries.longs().between(1, 400),
            Arbitraries.longs().between(0, rough),
            Arbitraries.of(true, false),
            Arbitraries.of(0, 999),
            Arbitraries.longs())
        .as(
            (capacity, offset, there, back, jitter, dated, lag, seed) ->
                new World(
                    Limit.of("weight", capacity, Duration.ofMinutes(1)).usedHeader("used"),
                    Duration.ofMillis(offset),
                    Duration.ofMillis(there),
                    Duration.ofMillis(back),
                    Duration.ofMillis(jitter),
                    dated,
                    Duration.ofMillis(lag),
                    64,
                    10,
                    seed));
  }

  /** As Bitget counts; ways differ by so many milliseconds. */
  private Arbitrary<World> seconds(int rough) {
    return Combinators.combine(
            Arbitraries.of(10L, 20L),
            Arbitraries.longs().between(-40_000_000, 40_000_000),
            Arbitraries.longs().between(1, 100),
            Arbitraries.longs().between(1, 100),
            Arbitraries.longs().between(0, rough),
            Arbitraries.of(true, false),
            Arbitraries.longs())
        .as(
            (capacity, offset, there, back, jitter, dated, seed) ->
                new World(
                    Limit.of("calls", capacity, Duration.ofSeconds(1)),
                    Duration.ofMillis(offset),
                    Duration.ofMillis(there),
                    Duration.ofMillis(back),
                    Duration.ofMillis(jitter),
                    dated,
                    Duration.ZERO,
                    16,
                    1,
                    seed));
  }
}
