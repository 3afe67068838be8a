package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When Proxyter is told what; the time is only counted. */
class FeedbackBatchTest {
  private static final long MILLI = 1_000_000;

  private final FeedbackBatch batch = new FeedbackBatch();

  private static Sighting good(String id, long used) {
    return new Sighting(
        id,
        OptionalInt.of(200),
        OptionalLong.empty(),
        Map.of("1m", used),
        1,
        Optional.empty(),
        100,
        Optional.empty());
  }

  private static Sighting bad(String id, int status) {
    return new Sighting(
        id,
        OptionalInt.of(status),
        OptionalLong.of(60),
        Map.of(),
        1,
        Optional.of("-1003"),
        30,
        Optional.empty());
  }

  @Test
  void goodNewsWaitsForMoreAndBecomesALineForEachTunnel() {
    assertThat(batch.due()).isEmpty();
    batch.add(good("a-1", 10), 5 * MILLI);
    batch.add(good("a-2", 12), 50 * MILLI);
    batch.add(good("a-1", 14), 90 * MILLI);
    // What came first sets the time, so nothing waits longer than that.
    assertThat(batch.due()).hasValue(105 * MILLI);
    assertThat(batch.take())
        .containsExactly(
            new Sighting(
                "a-1",
                OptionalInt.of(200),
                OptionalLong.empty(),
                Map.of("1m", 14L),
                2,
                Optional.empty(),
                200,
                Optional.empty()),
            good("a-2", 12));
    assertThat(batch.due()).isEmpty();
    assertThat(batch.take()).isEmpty();
  }

  @Test
  void bansAndPausesAreToldAtOnceWithAllThatWaits() {
    for (int status : List.of(403, 418, 429, 451)) {
      batch.add(good("a-1", 10), 5 * MILLI);
      batch.add(bad("a-2", status), 6 * MILLI);
      assertThat(batch.due()).hasValue(6 * MILLI);
      assertThat(batch.take()).extracting(Sighting::id).isEqualTo(List.of("a-2", "a-1"));
    }
    batch.add(bad("a-3", 500), 7 * MILLI);
    assertThat(batch.due()).hasValue(107 * MILLI);
  }

  @Test
  void badNewsIsNotMergedSoThatNoneIsLost() {
    batch.add(bad("a-1", 500), 0);
    batch.add(bad("a-1", 500), 0);
    assertThat(batch.take()).hasSize(2);
  }

  @Test
  void whatCouldNotBeToldIsKeptIfItIsBadAndToldLater() {
    batch.add(good("a-1", 10), 0);
    batch.add(bad("a-2", 418), 0);
    var all = batch.take();
    batch.add(bad("a-3", 429), 0);
    batch.putBack(all, 1000 * MILLI);
    assertThat(batch.due()).hasValue(1000 * MILLI);
    assertThat(batch.take()).extracting(Sighting::id).isEqualTo(List.of("a-2", "a-3"));
  }

  @Test
  void itStaysBounded() {
    IntStream.range(0, 3 * FeedbackBatch.MOST)
        .forEach(
            i -> {
              batch.add(good("g-" + i, 1), 0);
              batch.add(bad("b-" + i, 500), 0);
            });
    var all = batch.take();
    assertThat(all).hasSize(2 * FeedbackBatch.MOST);
    assertThat(all.getLast().id()).isEqualTo("g-" + (3 * FeedbackBatch.MOST - 1));
    batch.add(bad("new", 500), 0);
    batch.putBack(all, 0);
    assertThat(batch.take())
        .hasSize(FeedbackBatch.MOST)
        .last()
        .hasFieldOrPropertyWithValue("id", "new");
  }
}
