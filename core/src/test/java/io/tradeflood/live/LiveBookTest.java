package io.tradeflood.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.live.LiveBook.State;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveBookTest {
  private final BookTape tape = new BookTape();

  private LiveBook book(BookRules rules, BookServices services) {
    var book = new LiveBook("A/B of acme", rules, services);
    reader = book.books(2).read();
    book.open(tape);
    return book;
  }

  private FeedReader<OrderBook> reader;

  /** All that can be read now, a word for each event. */
  private static List<String> read(FeedReader<OrderBook> reader) {
    var words = new ArrayList<String>();
    try {
      for (var event = reader.poll(Duration.ZERO);
          event.isPresent();
          event = reader.poll(Duration.ZERO)) words.add(word(event.get()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return words;
  }

  private static String word(Event<OrderBook> event) {
    return switch (event) {
      case Event.Data<OrderBook> data ->
          data.row().sequence().orElseThrow() + " " + levels(data.row());
      case Event.Status<OrderBook> status ->
          switch (status.state()) {
            case FeedState.Desynced desynced -> "Desynced: " + desynced.reason();
            case FeedState.Stale stale -> "Stale: " + stale.reason();
            case FeedState.Connected _ -> "Connected";
            case FeedState.Synced _ -> "Synced";
            case FeedState.Gap _ -> "Gap";
          };
    };
  }

  private static String levels(OrderBook book) {
    var text = new StringBuilder();
    book.bids()
        .forEach(level -> text.append(level.price()).append(':').append(level.size()).append(' '));
    text.append('|');
    book.asks()
        .forEach(level -> text.append(' ').append(level.price()).append(':').append(level.size()));
    return text.toString();
  }

  @Test
  void beginsWithTheMessageThatGoesOnFromTheSnapshot() {
    var book = book(BookRules.spanning(), tape.withSnapshots());
    assertThat(book.state()).isEqualTo(State.CONNECTING);
    tape.connected();
    tape.change(5, 6, "b 99 1");
    tape.change(7, 9, "b 98 2");
    tape.change(10, 11, "a 101 3");
    assertThat(book.state()).isEqualTo(State.SYNCING);
    assertThat(read(reader)).containsExactly("Connected");

    tape.fetches.remove().complete(BookTape.snapshot(8, "b 99 1", "b 98 7", "a 100.5 1"));

    assertThat(read(reader))
        .containsExactly("Synced", "9 99:1 98:2 | 100.5:1", "11 99:1 98:2 | 100.5:1 101:3");
    assertThat(book.state()).isEqualTo(State.SYNCED);
    tape.change(12, 12, "b 99 0", "a 100.50 4.00");
    tape.change(12, 12, "b 99 0", "a 100.50 4.00");
    assertThat(read(reader)).containsExactly("12 98:2 | 100.50:4.00 101:3");
  }

  @Test
  void tellsNothingBeforeAMessageGoesOnFromTheSnapshot() {
    book(BookRules.spanning(), tape.withSnapshots());
    tape.connected();
    tape.fetches.remove().complete(BookTape.snapshot(8, "b 99 1"));
    tape.change(7, 8, "b 99 1");
    assertThat(read(reader)).containsExactly("Connected");

    tape.change(9, 9, "b 99 2");

    assertThat(read(reader)).containsExactly("Synced", "9 99:2 |");
  }

  @Test
  void fetchesASnapshotThatIsOlderThanTheFirstMessageAgain() {
    book(BookRules.spanning(), tape.withSnapshots());
    tape.connected();
    tape.change(10, 11, "b 99 1");
    tape.fetches.remove().complete(BookTape.snapshot(8, "b 99 1"));
    assertThat(tape.fetches).hasSize(1);

    tape.fetches.remove().complete(BookTape.snapshot(7, "b 99 1"));
    assertThat(tape.fetches).isEmpty();
    assertThat(tape.pauses.getLast().pause()).isEqualTo(Duration.ofMillis(250));
    tape.pauses.removeLast().task().run();
    tape.fetches.remove().complete(BookTape.snapshot(10, "b 98 1"));

    assertThat(read(reader)).containsExactly("Connected", "Synced", "11 99:1 98:1 |");
  }

  @Test
  void putsMessagesInOrderWithoutDelayingOthers() {
    book(BookRules.spanning(), tape.withSnapshots());
    tape.connected();
    tape.fetches.remove().complete(BookTape.snapshot(1, "b 99 1"));
    tape.change(2, 2, "b 99 2");
    tape.change(4, 4, "b 99 4");
    tape.change(5, 5, "b 99 5");
    tape.change(3, 3, "b 99 3");

    assertThat(read(reader))
        .containsExactly("Connected", "Synced", "2 99:2 |", "3 99:3 |", "4 99:4 |", "5 99:5 |");
    tape.pauses.removeLast().task().run();
    assertThat(read(reader)).isEmpty();
  }

  @Test
  void beginsAnewWhenAMessageStaysMissing() {
    var book = book(BookRules.chained(), tape.withSnapshots());
    tape.connected();
    tape.fetches.remove().complete(BookTape.snapshot(1, "b 99 1"));
    tape.change(2, 2, "b 99 2");
    for (int i = 4; i <= 4 + LiveBook.MOST_EARLY; i++) tape.change(i, i, "b 99 " + i);

    assertThat(book.state()).isEqualTo(State.SYNCING);
    tape.fetches.remove().complete(BookTape.snapshot(11, "b 99 11"));

    assertThat(read(reader))
        .containsExactly(
            "Connected",
            "Synced",
            "2 99:2 |",
            "Desynced: The book A/B of acme begins anew: changes after number 2 are missing:"
                + " the next message goes on from 3",
            "Synced",
            "11 99:11 |",
            "12 99:12 |");
  }

  @Test
  void beginsAnewWhenAMessageIsMissingForLong() {
    var book = book(BookRules.chained(), tape.withSnapshots());
    tape.connected();
    tape.fetches.remove().complete(BookTape.snapshot(1, "b 99 1"));
    tape.change(2, 2, "b 99 2");
    tape.change(4, 4, "b 99 4");
    assertThat(book.state()).isEqualTo(State.SYNCED);

    assertThat(tape.pauses.getLast().pause()).isEqualTo(LiveBook.EARLY_PATIENCE);
    tape.pauses.removeLast().task().run();

    assertThat(book.state()).isEqualTo(State.SYNCING);
    assertThat(tape.fetches).hasSize(1);
  }

  @Test
  void renewsAStreamWhoseChecksumIsWrong() {
    book(BookRules.growing().with(new InterleavedCrc(25)), tape.services());
    tape.connected();
    tape.change(1, 1, "b 50 1");
    tape.sink.update(
        BookTape.update(
                true, 2, 2, "b 100.5 2", "b 100.40 3", "a 100.6 1.5", "a 100.70 4", "a 100.8 0.25")
            .checksum(-816974071),
        0);
    tape.sink.update(BookTape.update(false, 3, 3, "b 100.5 1").checksum(7), 0);
    tape.change(4, 4, "b 100.5 9");

    assertThat(read(reader))
        .satisfiesExactly(
            event -> assertThat(event).isEqualTo("Connected"),
            event -> assertThat(event).isEqualTo("Synced"),
            event -> assertThat(event).startsWith("2 100.5:2 100.40:3 |"),
            event ->
                assertThat(event)
                    .startsWith("Desynced:")
                    .contains("after number 3", "the exchange's is 7"));
    assertThat(tape.renewals).hasSize(1);
    tape.connected();
    tape.whole(4, "b 100.5 9");
    assertThat(read(reader)).containsExactly("Connected", "Synced", "4 100.5:9 |");
  }

  @Test
  void renewsAgainWhenNoSnapshotComes() {
    var book = book(BookRules.growing(), tape.services());
    tape.connected();
    assertThat(tape.pauses.getLast().pause()).isEqualTo(Duration.ofSeconds(10));

    tape.pauses.removeLast().task().run();

    assertThat(tape.renewals).containsExactly("the stream has brought no snapshot");
    assertThat(book.state()).isEqualTo(State.SYNCING);
  }

  @Test
  void takesACrossedBookForBrokenWhereTheNumbersProveNothing() {
    var book = book(BookRules.growing(), tape.services());
    tape.connected();
    tape.whole(1, "b 99 1", "a 100 1");
    tape.change(2, 2, "b 100.0 1");

    assertThat(book.state()).isEqualTo(State.SYNCING);
    assertThat(read(reader).getLast()).contains("crossed");
  }

  @Test
  void leavesACrossedBookWhereTheNumbersProveThatNothingIsMissing() {
    var book = book(BookRules.chained(), tape.services());
    tape.connected();
    tape.whole(1, "b 99 1", "a 100 1");
    tape.change(2, 2, "b 100 1");

    assertThat(book.state()).isEqualTo(State.SYNCED);
  }

  @Test
  void doesNotTakeAnOldSnapshotTwice() {
    book(BookRules.growing(), tape.services());
    tape.connected();
    tape.whole(1, "b 99 1");
    tape.change(2, 2, "b 99 2");
    tape.whole(1, "b 99 1");

    assertThat(read(reader)).containsExactly("Connected", "Synced", "1 99:1 |", "2 99:2 |");
  }

  @Test
  void endsWhenTheSnapshotIsRefused() {
    book(BookRules.spanning(), tape.withSnapshots());
    tape.connected();
    var refused = new Failure.Refused("no such symbol", "-1121", 400);

    tape.fetches.remove().completeExceptionally(refused);

    assertThat(read(reader)).containsExactly("Connected");
    assertThat(reader.isEnded()).isTrue();
    assertThat(reader.failure()).contains(refused);
    assertThat(tape.left).isTrue();
  }

  @Test
  void triesForASnapshotWithGrowingPauses() {
    book(BookRules.spanning(), tape.withSnapshots());
    tape.connected();
    var pauses = new ArrayList<Duration>();
    for (int i = 0; i < 10; i++) {
      tape.fetches
          .remove()
          .completeExceptionally(new Failure.Unreachable("reset", "wait", "direct"));
      pauses.add(tape.pauses.getLast().pause());
      tape.pauses.removeLast().task().run();
    }

    assertThat(pauses)
        .startsWith(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1))
        .endsWith(Duration.ofSeconds(30))
        .isSorted();
    tape.fetches
        .remove()
        .completeExceptionally(
            new Failure.Limited("slow down", BookTape.NOW.plusSeconds(90), true));
    assertThat(tape.pauses.getLast().pause()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void endsWhenANumberDoesNotFit() {
    book(BookRules.chained(), tape.services());
    tape.connected();
    tape.whole(1, "b 1.000000000000000001 1");
    tape.change(2, 2, "b 10000 1");

    assertThat(reader.isEnded()).isFalse();
    assertThat(read(reader)).containsExactly("Connected", "Synced", "1 1.000000000000000001:1 |");
    assertThat(reader.isEnded()).isTrue();
    assertThat(reader.failure().orElseThrow())
        .isInstanceOf(Failure.Unreadable.class)
        .hasMessageContaining("10000");
    assertThat(tape.left).isTrue();
  }

  @Test
  void comparesPricesHoweverTheyAreWritten() {
    book(BookRules.chained(), tape.services());
    tape.connected();
    tape.whole(1, "b 99.5 1", "b 99 1", "a 1234567.1 1");
    tape.change(2, 2, "b 99.500000000000000 2.50", "b 99.25 1");
    tape.change(3, 3, "b 99.25000000 0");
    tape.change(4, 4, "b 99.0 0", "a 1234567.10 7");

    assertThat(read(reader))
        .containsExactly(
            "Connected",
            "Synced",
            "1 99.5:1 99:1 | 1234567.1:1",
            "2 99.500000000000000:2.50 99.25:1 | 1234567.1:1",
            "3 99.500000000000000:2.50 99:1 | 1234567.1:1",
            "4 99.500000000000000:2.50 | 1234567.10:7");
  }

  @Test
  void tellsNothingBehindTheEndOfACutSnapshot() {
    var book = book(BookRules.spanning().cutAt(2), tape.withSnapshots());
    tape.connected();
    tape.fetches.remove().complete(BookTape.snapshot(1, "b 99 1", "b 98 1", "a 101 1"));
    tape.change(2, 2, "b 97 1", "b 98 0", "a 102 1");
    tape.change(3, 3, "b 98 5");

    assertThat(read(reader))
        .containsExactly(
            "Connected", "Synced", "2 99:1 | 101:1 102:1", "3 99:1 98:5 | 101:1 102:1");
    assertThat(book.state()).isEqualTo(State.SYNCED);
  }

  @Test
  void beginsAnewWhenMostOfACutSnapshotIsGone() {
    var book = book(BookRules.spanning().cutAt(20), tape.withSnapshots());
    tape.connected();
    var levels = new ArrayList<String>();
    for (int i = 0; i < 20; i++) levels.add("b " + (99 - i) + " 1");
    tape.fetches.remove().complete(BookTape.snapshot(1, levels.toArray(String[]::new)));
    for (int i = 0; i < 18; i++) tape.change(2 + i, 2 + i, "b " + (99 - i) + " 0");
    assertThat(book.state()).isEqualTo(State.SYNCED);

    tape.change(20, 20, "b 81 0");

    assertThat(book.state()).isEqualTo(State.SYNCING);
    assertThat(read(reader).getLast()).contains("fewer than 2 of the 20 levels");
    assertThat(tape.fetches).hasSize(1);
  }

  @Test
  void keepsTheNewestMessagesWhileASnapshotIsFetched() {
    book(BookRules.spanning(), tape.withSnapshots());
    tape.connected();
    int messages = Backlog.MOST_MESSAGES + 100;
    for (int i = 1; i <= messages; i++) tape.change(i, i, "b 99 " + i);

    tape.fetches.remove().complete(BookTape.snapshot(messages - 1, "b 99 1"));

    assertThat(read(reader))
        .containsExactly("Connected", "Synced", messages + " 99:" + messages + " |");
  }

  @Test
  void passesAStateOnAndForgetsWhatCameBeforeALoss() {
    var book = book(BookRules.spanning(), tape.withSnapshots());
    tape.connected();
    tape.fetches.remove().complete(BookTape.snapshot(1, "b 99 1"));
    tape.change(2, 2, "b 99 2");
    tape.sink.state(new FeedState.Stale("silent for 5 s"), BookTape.NOW);
    tape.change(3, 3, "b 99 3");
    tape.sink.state(new FeedState.Desynced("cut off"), BookTape.NOW);
    assertThat(book.state()).isEqualTo(State.DESYNCED);
    tape.connected();
    tape.change(9, 9, "b 99 9");
    tape.fetches.remove().complete(BookTape.snapshot(8, "b 98 8"));

    assertThat(read(reader))
        .containsExactly(
            "Connected",
            "Synced",
            "2 99:2 |",
            "Stale: silent for 5 s",
            "Synced",
            "3 99:3 |",
            "Desynced: cut off",
            "Connected",
            "Synced",
            "9 99:9 98:8 |");
  }

  @Test
  void anAnswerToAnEarlierQuestionIsOfNoUse() {
    book(BookRules.spanning(), tape.withSnapshots());
    tape.connected();
    var early = tape.fetches.remove();
    tape.sink.state(new FeedState.Desynced("cut off"), BookTape.NOW);
    assertThat(early).isCancelled();
    tape.connected();
    tape.change(5, 5, "b 99 5");
    tape.fetches.remove().complete(BookTape.snapshot(4, "b 98 8"));

    assertThat(read(reader).getLast()).isEqualTo("5 99:5 98:8 |");
  }

  @Test
  void whoComesLateIsToldTheBookAsItIs() {
    var book = book(BookRules.growing(), tape.services());
    tape.connected();
    tape.whole(1, "b 99 1", "b 98 1", "a 100 1");
    tape.change(2, 2, "b 99 2");

    assertThat(read(book.books(1).read())).containsExactly("Synced", "2 99:2 | 100:1");
    var latest = book.books(1).read(ReadOptions.standard().overflow(Overflow.CONFLATE));
    assertThat(read(latest)).containsExactly("Synced", "2 99:2 | 100:1");
    tape.change(3, 3, "b 99 3");
    tape.change(4, 4, "b 99 4");
    assertThat(latest.lag()).isEqualTo(1);
    assertThat(read(latest)).containsExactly("4 99:4 | 100:1");
    assertThat(latest.dropped()).isEqualTo(1);
    tape.change(5, 5, "b 99 5");
    tape.sink.state(new FeedState.Desynced("cut off"), BookTape.NOW);
    assertThat(read(latest)).containsExactly("Desynced: cut off");
    assertThat(latest.dropped()).isEqualTo(2);
    assertThat(read(book.books(1).read())).containsExactly("Desynced: cut off");
    tape.connected();
    tape.whole(9, "b 99 9");
    tape.sink.end(Optional.empty());
    assertThat(read(latest)).containsExactly("Connected", "Synced", "9 99:9 |");
    assertThat(latest.isEnded()).isTrue();
  }

  @Test
  void countsWhoReads() {
    var book = book(BookRules.growing(), tape.services());
    var unread = new AtomicInteger();
    book.whenUnread(unread::incrementAndGet);
    var latest = book.books(1).read(ReadOptions.standard().overflow(Overflow.CONFLATE));
    var changes = book.changes().read();
    assertThat(book.readers()).isEqualTo(3);

    reader.close();
    latest.close();
    latest.close();
    assertThat(unread).hasValue(0);
    changes.close();

    assertThat(unread).hasValue(1);
    assertThat(book.readers()).isZero();
    book.close();
    assertThat(tape.left).isTrue();
  }

  @Test
  void aFullReaderHoldsTheStreamUp() {
    var book = book(BookRules.growing(), tape.services());
    var options = ReadOptions.standard().overflow(Overflow.BLOCK).capacity(2);
    try (var patient = book.books(1).read(options)) {
      tape.connected();
      tape.whole(1, "b 99 1");
      assertThat(tape.sink.isFull()).isFalse();
      tape.change(2, 2, "b 99 2");
      assertThat(tape.sink.isFull()).isTrue();

      assertThat(read(patient)).hasSize(4);

      assertThat(tape.relieved).isEqualTo(1);
      assertThat(tape.sink.isFull()).isFalse();
    }
  }
}
