package io.tradeflood.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {
  @ParameterizedTest
  @CsvSource({
    "2025-01-01, 2025-01-01T00:00:00Z",
    "2025-01-01T12:30, 2025-01-01T12:30:00Z",
    "2025-01-01 12:30:05, 2025-01-01T12:30:05Z",
    "2025-01-01T12:30:05.123456789Z, 2025-01-01T12:30:05.123456789Z",
    "2025-01-01T12:30:00+02:00, 2025-01-01T10:30:00Z",
    "1735689600000, 2025-01-01T00:00:00Z"
  })
  void readsMomentsAsPeopleWriteThem(String text, Instant moment) {
    assertThat(TimeRange.moment(text)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2025-13-01", "2025-01-32T00:00", "25-01-01"})
  void whatIsNoMomentIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> TimeRange.moment(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("2025-01-01")
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsAStartAndALength() {
    assertThat(TimeRange.parse("2024-02-01/P1M"))
        .isEqualTo(TimeRange.parse("2024-02-01/2024-03-01"));
    assertThat(TimeRange.parse("2025-01-01/PT6H").duration()).isEqualTo(Duration.ofHours(6));
    assertThatThrownBy(() -> TimeRange.parse("2025-01-01")).hasMessageContaining("START/END");
    assertThatThrownBy(() -> TimeRange.parse("2025-01-01/Pfoo")).hasMessageContaining("P1D");
  }

  @Test
  void theStartBelongsToItAndTheEndDoesNot() {
    var day = TimeRange.parse("2025-01-01/P1D");
    assertThat(day.contains(day.start())).isTrue();
    assertThat(day.contains(day.end())).isFalse();
    assertThat(day.intersection(TimeRange.parse("2025-01-02/P1D"))).isEmpty();
    assertThat(day.intersection(TimeRange.parse("2025-01-01T12:00/P1D")))
        .contains(TimeRange.parse("2025-01-01T12:00/PT12H"));
    assertThat(day.contains(TimeRange.parse("2025-01-01T12:00/PT12H"))).isTrue();
    assertThat(day.contains(TimeRange.parse("2025-01-01T12:00/PT13H"))).isFalse();
  }

  @Test
  void theEndIsNeverBeforeTheStart() {
    assertThatThrownBy(() -> TimeRange.parse("2025-01-02/2025-01-01"))
        .hasMessageContaining("2025-01-02T00:00:00Z")
        .hasMessageContaining("exchange the two");
  }

  @Test
  void aWindowSaysWhatIsWrongWithItsBounds() {
    var day = TimeRange.parse("2025-01-01/P1D");
    assertThat(Window.of(day).isTail()).isFalse();
    assertThat(Window.latest(5).isTail()).isTrue();
    assertThat(Window.last(Duration.ofDays(1), InstantSource.fixed(day.end())).from())
        .contains(day.start());
    assertThatThrownBy(() -> Window.of(new TimeRange(day.start(), day.start())))
        .hasMessageContaining("must be before the end");
    assertThatThrownBy(() -> Window.latest(0)).hasMessageContaining("at least 1, was 0");
  }
}
