package io.tradeflood.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.bench.history.SimulatedExchanges.Counts;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UsedTest {
  private static Counts counts(Venue venue, long limit, Map<String, Long> windows) {
    var starts = new TreeMap<Instant, Long>();
    windows.forEach((start, used) -> starts.put(Instant.parse(start), used));
    return new Counts(
        0, 0, 0, Map.of(), Map.of(venue.limit(), limit), Map.of(venue.limit(), starts));
  }

  @Test
  void onlyWindowsWhollyInTheMeasurementCount() {
    var counts =
        counts(
            Venue.BINANCE_SPOT,
            6000,
            Map.of(
                "2026-01-01T10:00:00Z", 100L,
                "2026-01-01T10:01:00Z", 6000L,
                "2026-01-01T10:02:00Z", 5400L,
                "2026-01-01T10:03:00Z", 70L));
    var used =
        Used.of(
            Venue.BINANCE_SPOT,
            counts,
            Instant.parse("2026-01-01T10:00:10Z"),
            Instant.parse("2026-01-01T10:03:00.200Z"));
    assertThat(used.windows()).isEqualTo(2);
    assertThat(used.used()).isEqualTo(11_400);
    assertThat(used.allowed()).isEqualTo(12_000);
    assertThat(used.part()).isEqualTo(0.95);
    assertThat(used.least()).isEqualTo(0.9);
  }

  @Test
  void windowsInWhichNothingWasUsedCountAsWell() {
    var counts = counts(Venue.BITGET_SPOT, 20, Map.of("2026-01-01T10:00:01Z", 20L));
    var used =
        Used.of(
            Venue.BITGET_SPOT,
            counts,
            Instant.parse("2026-01-01T10:00:00.500Z"),
            Instant.parse("2026-01-01T10:00:05Z"));
    assertThat(used.windows()).isEqualTo(4);
    assertThat(used.part()).isEqualTo(0.25);
    assertThat(used.least()).isZero();
  }

  @Test
  void withoutAFullWindowNothingIsUsed() {
    var moment = Instant.parse("2026-01-01T10:00:10Z");
    var counts = counts(Venue.BINANCE_SPOT, 6000, Map.of("2026-01-01T10:00:00Z", 6000L));
    var used = Used.of(Venue.BINANCE_SPOT, counts, moment, moment.plusSeconds(20));
    assertThat(used.windows()).isZero();
    assertThat(used.part()).isZero();
  }
}
