package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.Request;
import io.tradeflood.live.Arrival;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Trade;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is drawn fits the window, in the order in which it was asked for. */
class LiveTableTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static List<Question> questions(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Question(
                    "acme", Optional.of("C%d/USDT".formatted(i)), "trade", "", Trade.class))
        .toList();
  }

  private static LiveView.Shown row(Question question, int number) {
    return shown(
        question, new Trade("id" + number, NOW, new BigDecimal(number), BigDecimal.ONE, Side.BUY));
  }

  private static LiveView.Shown shown(Question question, Object row) {
    var query = new NowQuery(Symbol.of(question.symbol().orElseThrow()));
    return new LiveView.Shown(
        question,
        new Merged.Item.Row(
            Request.of("acme", question.record(), query), row, Arrival.stream(NOW)));
  }

  /** What stands in the window when ten rows of each came, those asked for last first. */
  private static List<String> drawn(int feeds, int height) throws IOException {
    var questions = questions(feeds);
    var out = new ByteArrayOutputStream();
    try (var table =
        LiveTable.drawn(out, () -> new Terminal.Size(100, height), () -> 0, questions)) {
      for (Question question : questions.reversed())
        for (int i = 0; i < 10; i++) table.show(List.of(row(question, i)));
    }
    return window(out);
  }

  /** What stands in the window. */
  private static List<String> window(ByteArrayOutputStream out) {
    String all = out.toString(StandardCharsets.UTF_8);
    return all.substring(all.lastIndexOf("\u001b[H") + 3)
        .replaceAll("\u001b\\[[KJ]", "")
        .lines()
        .toList();
  }

  private static List<String> titles(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("acme ")).toList();
  }

  @Test
  void feedsStandInTheOrderInWhichTheyWereAskedFor() throws IOException {
    var lines = drawn(3, 50);
    assertThat(titles(lines))
        .extracting(line -> line.substring(5, 7))
        .containsExactly("C0", "C1", "C2");
    assertThat(lines.getLast()).contains("id9");
  }

  @Test
  void whereThereIsLittleRoomEachFeedHasFewerRowsTheNewest() throws IOException {
    var roomy = drawn(2, 50);
    var lines = drawn(2, 8);
    assertThat(roomy).hasSize(20);
    assertThat(lines).hasSizeLessThan(8);
    assertThat(titles(lines)).hasSize(2);
    assertThat(lines.stream().filter(line -> line.contains("id9"))).hasSize(2);
    assertThat(String.join(" ", lines)).doesNotContain("not shown");
  }

  @Test
  void whatDoesNotFitIsCounted() throws IOException {
    var titlesOnly = drawn(6, 10);
    assertThat(titles(titlesOnly)).hasSize(6);
    assertThat(titlesOnly.getLast())
        .isEqualTo("their rows are not shown: make the window higher, or watch fewer at once");

    var lines = drawn(30, 10);
    assertThat(lines).hasSize(9);
    assertThat(titles(lines)).hasSize(8);
    assertThat(lines.getLast())
        .isEqualTo("22 more feeds are not shown: make the window higher, or watch fewer at once");
  }

  @Test
  void anotherWindowIsDrawnAnewAlsoWhereNothingComes() throws IOException {
    var size = new AtomicReference<>(new Terminal.Size(100, 50));
    var now = new AtomicLong();
    var out = new ByteArrayOutputStream();
    var questions = questions(2);
    try (var table = LiveTable.drawn(out, size::get, now::get, questions)) {
      for (Question question : questions)
        for (int i = 0; i < 10; i++) table.show(List.of(row(question, i)));
      now.addAndGet(Duration.ofMillis(200).toNanos());
      table.tick();
      assertThat(window(out)).hasSize(20);

      size.set(new Terminal.Size(40, 10));
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      out.reset();
      table.tick();
      assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("\u001b[2J\u001b[H");
      assertThat(window(out)).hasSize(9).allMatch(line -> line.length() <= 40);

      size.set(new Terminal.Size(160, 40));
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      table.tick();
      assertThat(window(out)).hasSize(20);
    }
  }

  @Test
  void aBookInFewLinesIsItsBestLevelAndFreeLinesAreUsed() throws IOException {
    var books =
        IntStream.range(0, 9)
            .mapToObj(
                i ->
                    new Question(
                        "acme", Optional.of("C%d/USDT".formatted(i)), "book", "", OrderBook.class))
            .toList();
    var levels =
        IntStream.range(0, 5)
            .mapToObj(i -> new OrderBook.Level(new BigDecimal(71 + i), BigDecimal.ONE))
            .toList();
    var book = new OrderBook(Optional.of(NOW), OptionalLong.empty(), levels, levels);
    var out = new ByteArrayOutputStream();
    try (var table = LiveTable.drawn(out, () -> new Terminal.Size(100, 30), () -> 0, books)) {
      for (Question question : books) table.show(List.of(shown(question, book)));
    }
    var lines = window(out);
    assertThat(lines).hasSize(29);
    assertThat(titles(lines)).hasSize(9);
    assertThat(lines.stream().filter(line -> line.contains("71"))).hasSize(9);
  }
}
