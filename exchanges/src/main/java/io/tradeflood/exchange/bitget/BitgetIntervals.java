package io.tradeflood.exchange.bitget;

import io.tradeflood.model.Interval;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The words for intervals. From six hours on the plain words mean bars cut at UTC+8; those that end
 * in {@code utc} are always taken.
 */
final class BitgetIntervals {
  static final Map<Interval, String> SPOT =
      words(
          Map.of(
              Interval.M1,
              "1min",
              Interval.M3,
              "3min",
              Interval.M5,
              "5min",
              Interval.M15,
              "15min",
              Interval.M30,
              "30min",
              Interval.H1,
              "1h",
              Interval.H4,
              "4h"));

  static final Map<Interval, String> MIX =
      words(
          Map.of(
              Interval.M1,
              "1m",
              Interval.M3,
              "3m",
              Interval.M5,
              "5m",
              Interval.M15,
              "15m",
              Interval.M30,
              "30m",
              Interval.H1,
              "1H",
              Interval.H4,
              "4H"));

  /**
   * Of the third version; whether its longer bars are cut at UTC is not documented, so they are
   * left out.
   */
  static final Map<Interval, String> UNIFIED =
      Map.of(
          Interval.M1,
          "1m",
          Interval.M3,
          "3m",
          Interval.M5,
          "5m",
          Interval.M15,
          "15m",
          Interval.M30,
          "30m",
          Interval.H1,
          "1H",
          Interval.H4,
          "4H");

  /** Of streams, spot and contracts alike; three minutes are not listed. */
  static final Map<Interval, String> STREAM = without(MIX, Interval.M3);

  private static final Map<Interval, Integer> RECENT_DAYS =
      Map.of(
          Interval.M1,
          30,
          Interval.M3,
          30,
          Interval.M5,
          30,
          Interval.M15,
          52,
          Interval.M30,
          62,
          Interval.H1,
          83,
          Interval.H4,
          240);

  private static final int LONGEST_RECENT_DAYS = 360;

  private BitgetIntervals() {}

  private static Map<Interval, String> words(Map<Interval, String> shorter) {
    var all = new HashMap<>(shorter);
    all.put(Interval.H6, "6Hutc");
    all.put(Interval.H12, "12Hutc");
    all.put(Interval.D1, "1Dutc");
    all.put(Interval.D3, "3Dutc");
    all.put(Interval.W1, "1Wutc");
    all.put(Interval.MONTH1, "1Mutc");
    return Map.copyOf(all);
  }

  private static Map<Interval, String> without(Map<Interval, String> words, Interval interval) {
    var rest = new HashMap<>(words);
    rest.remove(interval);
    return Map.copyOf(rest);
  }

  /** How far back the endpoint of recent candles reaches, as the exchange documents it. */
  static Duration recent(Interval interval) {
    return Duration.ofDays(RECENT_DAYS.getOrDefault(interval, LONGEST_RECENT_DAYS));
  }

  /** The exchange's word, of an interval that was found available. */
  static String word(Map<Interval, String> words, Interval interval) {
    String word = words.get(interval);
    if (word == null)
      throw new Failure.Unsupported("interval %s is not one that bitget knows".formatted(interval));
    return word;
  }
}
