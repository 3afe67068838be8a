package io.tradeflood.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each reader has its own place in a feed, bounded as it has said. */
@Timeout(30)
class QueuedReaderTest {
  private static final Arrival NOW = Arrival.stream(Instant.EPOCH);

  private final AtomicInteger relieved = new AtomicInteger();
  private final FeedSource<Integer> source = new FeedSource<>(relieved::incrementAndGet);

  private void tell(int from, int to) {
    for (int row = from; row <= to; row++) source.rows(List.of(row), NOW);
  }

  private static List<Integer> rows(FeedReader<Integer> reader, int count) {
    var rows = new ArrayList<Integer>();
    while (rows.size() < count && reader.hasNext())
      if (reader.next() instanceof Event.Data<Integer> data) rows.add(data.row());
    return rows;
  }

  @Test
  void readersHaveTheirOwnPlaces() {
    var first = source.read();
    tell(1, 2);
    var second = source.read();
    tell(3, 4);
    assertThat(rows(first, 4)).containsExactly(1, 2, 3, 4);
    assertThat(rows(second, 2)).containsExactly(3, 4);
  }

  @Test
  void theOldestUnreadRowsAreDroppedAndCountedAndStatesAreKept() {
    var reader = source.read(ReadOptions.standard().capacity(3));
    source.state(new FeedState.Synced(), Instant.EPOCH);
    tell(1, 10);
    assertThat(reader.lag()).isEqualTo(4);
    assertThat(reader.dropped()).isEqualTo(7);
    assertThat(reader.next()).isInstanceOf(Event.Status.class);
    var next = (Event.Data<Integer>) reader.next();
    assertThat(next.row()).isEqualTo(8);
    assertThat(next.sequence()).isEqualTo(8);
  }

  @Test
  void conflatingKeepsTheNewestOnly() {
    var reader = source.read(ReadOptions.standard().overflow(Overflow.CONFLATE));
    tell(1, 10);
    assertThat(rows(reader, 1)).containsExactly(10);
    assertThat(reader.lag()).isZero();
  }

  @Test
  void aBlockingReaderAsksItsSourceToStopAndTellsWhenThereIsRoom() {
    var reader = source.read(ReadOptions.standard().overflow(Overflow.BLOCK).capacity(10));
    tell(1, 9);
    assertThat(source.isFull()).isFalse();
    tell(10, 12);
    assertThat(source.isFull()).isTrue();
    assertThat(rows(reader, 6)).hasSize(6);
    assertThat(relieved).hasValue(0);
    assertThat(rows(reader, 6)).containsExactly(7, 8, 9, 10, 11, 12);
    assertThat(relieved).hasValue(1);
    assertThat(source.isFull()).isFalse();
    assertThat(reader.dropped()).isZero();
  }

  @Test
  void aSourceThatDoesNotStopEndsTheBlockingReaderOnly() {
    var blocking = source.read(ReadOptions.standard().overflow(Overflow.BLOCK).capacity(2));
    var other = source.read();
    tell(1, 20);
    assertThat(rows(blocking, 20)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(blocking.failure()).containsInstanceOf(Failure.Bug.class);
    assertThat(rows(other, 20)).hasSize(20);
  }

  @Test
  void aReaderWaitsForWhatComesAndForTheEnd() throws Exception {
    var reader = source.read();
    var seen = new ArrayList<Integer>();
    var thread = Thread.ofVirtual().start(() -> seen.addAll(rows(reader, Integer.MAX_VALUE)));
    IntStream.rangeClosed(1, 1_000).forEach(row -> tell(row, row));
    source.end(Optional.of(new Failure.Refused("No such symbol", "-1121", 0)));
    thread.join();
    assertThat(seen).hasSize(1_000);
    assertThat(reader.failure()).containsInstanceOf(Failure.Refused.class);
    assertThat(reader.poll(Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void whoComesLateIsToldHowTheFeedStands() {
    source.state(new FeedState.Connected(), Instant.EPOCH);
    source.state(new FeedState.Synced(), Instant.EPOCH);
    var reader = source.read();
    assertThat(((Event.Status<Integer>) reader.next()).state()).isEqualTo(new FeedState.Synced());
    source.end(Optional.empty());
    assertThat(source.read().hasNext()).isTrue();
  }

  @Test
  void closingWakesWhoWaits() throws Exception {
    var reader = source.read();
    var thread = Thread.ofVirtual().start(() -> assertThat(reader.hasNext()).isFalse());
    while (thread.getState() != Thread.State.WAITING) Thread.onSpinWait();
    reader.close();
    thread.join();
    assertThat(source.isWatched()).isFalse();
  }

  @Test
  void aRowThatCannotBeTranslatedEndsOnlyWhoAskedForTheTranslation() {
    var plain = source.read();
    var mapped =
        source
            .map(
                row -> {
                  if (row == 2) throw new IllegalArgumentException("two");
                  return "row " + row;
                })
            .read();
    tell(1, 3);
    assertThat(rows(plain, 3)).hasSize(3);
    assertThat(((Event.Data<String>) mapped.next()).row()).isEqualTo("row 1");
    assertThat(mapped.hasNext()).isFalse();
    assertThat(mapped.failure()).containsInstanceOf(Failure.Unreadable.class);
  }
}
