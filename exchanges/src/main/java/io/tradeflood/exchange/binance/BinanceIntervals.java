package io.tradeflood.exchange.binance;

import io.tradeflood.model.Interval;
import io.tradeflood.turn.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The intervals that Binance knows; it writes them as we do. */
final class BinanceIntervals {
  static final Map<Interval, String> FUTURES =
      named(
          Interval.M1,
          Interval.M3,
          Interval.M5,
          Interval.M15,
          Interval.M30,
          Interval.H1,
          Interval.H2,
          Interval.H4,
          Interval.H6,
          Interval.H8,
          Interval.H12,
          Interval.D1,
          Interval.D3,
          Interval.W1,
          Interval.MONTH1);

  static final Map<Interval, String> SPOT = withSeconds();

  /** The periods of the statistics below {@code /futures/data}. */
  static final Map<Interval, String> PERIODS =
      named(
          Interval.M5,
          Interval.M15,
          Interval.M30,
          Interval.H1,
          Interval.H2,
          Interval.H4,
          Interval.H6,
          Interval.H12,
          Interval.D1);

  private BinanceIntervals() {}

  private static Map<Interval, String> named(Interval... intervals) {
    return Stream.of(intervals)
        .collect(Collectors.toUnmodifiableMap(Function.identity(), Interval::toString));
  }

  private static Map<Interval, String> withSeconds() {
    var all = new HashMap<>(FUTURES);
    all.put(Interval.S1, Interval.S1.toString());
    return Map.copyOf(all);
  }

  /** The exchange's word, of an interval that was found available. */
  static String word(Map<Interval, String> words, Interval interval) {
    String word = words.get(interval);
    if (word == null)
      throw new Failure.Unsupported(
          "interval %s is not one that binance knows".formatted(interval));
    return word;
  }
}
