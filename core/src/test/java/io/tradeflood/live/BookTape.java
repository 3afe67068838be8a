package io.tradeflood.live;

import io.tradeflood.model.OrderBook;
import io.tradeflood.model.OrderBook.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** What a test tells a book, and what the book asks of it. */
final class BookTape implements BookStream {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  final ArrayDeque<CompletableFuture<OrderBook>> fetches = new ArrayDeque<>();
  final ArrayDeque<Paused> pauses = new ArrayDeque<>();
  final List<String> renewals = new ArrayList<>();
  BookSink sink;
  boolean left;
  int relieved;

  /** A task that waits. */
  record Paused(Duration pause, Runnable task) {}

  BookServices services() {
    return new BookServices(
        Optional.empty(), (pause, task) -> pauses.add(new Paused(pause, task)), () -> NOW);
  }

  BookServices withSnapshots() {
    return services()
        .snapshots(
            () -> {
              var answer = new CompletableFuture<OrderBook>();
              fetches.add(answer);
              return answer;
            });
  }

  @Override
  public Feed.Attachment attach(BookSink told) {
    sink = told;
    return new Feed.Attachment() {
      @Override
      public void close() {
        left = true;
      }

      @Override
      public void relieved() {
        relieved++;
      }
    };
  }

  @Override
  public void renew(String reason) {
    renewals.add(reason);
  }

  void connected() {
    sink.state(new FeedState.Connected(), NOW);
  }

  /** A message of the changes from one number to another, {@code "b 100.5 2"} each. */
  void change(long first, long last, String... levels) {
    sink.update(update(false, first, last, levels), 0);
  }

  void whole(long number, String... levels) {
    sink.update(update(true, number, number, levels), 0);
  }

  static BookUpdate update(boolean whole, long first, long last, String... levels) {
    var update = new BookUpdate().begin(whole).sequence(first, last).previous(first - 1).time(last);
    for (String text : levels) {
      var words = text.split(" ");
      var level = level(words);
      update.level(
          words[0].equals("b"),
          level.price().unscaledValue().longValueExact(),
          level.price().scale(),
          level.size().unscaledValue().longValueExact(),
          level.size().scale());
    }
    return update;
  }

  private static Level level(String... words) {
    return new Level(new BigDecimal(words[1]), new BigDecimal(words[2]));
  }

  static OrderBook snapshot(long number, String... levels) {
    return new OrderBook(
        Optional.empty(), OptionalLong.of(number), side("b", levels), side("a", levels));
  }

  private static List<Level> side(String side, String... levels) {
    return Arrays.stream(levels)
        .map(text -> text.split(" "))
        .filter(words -> words[0].equals(side))
        .map(BookTape::level)
        .toList();
  }
}
