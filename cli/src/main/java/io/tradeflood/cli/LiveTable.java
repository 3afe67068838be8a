package io.tradeflood.cli;

import io.tradeflood.cli.output.Format;
import io.tradeflood.cli.output.Heading;
import io.tradeflood.cli.output.RowOutput;
import io.tradeflood.model.OrderBook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The newest rows of each feed, drawn again and again in the same place; written once, in the end,
 * where there is no terminal.
 */
final class LiveTable implements LiveView {
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final String HOME = "\u001b[H";
  private static final String CLEAR = "\u001b[2J";
  private static final String END_OF_LINE = "\u001b[K";
  private static final String BELOW = "\u001b[J";

  /** How many rows of a feed are shown if there are few feeds. */
  private static final int ROWS = 8;

  /** How many lines below its title a feed has at most, and at least, if it has any. */
  private static final int MOST = 14;

  private static final int LEAST = 2;

  private final OutputStream out;
  private final int width;
  private final int height;
  private final boolean drawn;
  private final Map<Question, Part> parts = new LinkedHashMap<>();
  private boolean changed;
  private boolean begun;
  private long last = System.nanoTime() - BETWEEN.toNanos();

  private LiveTable(
      OutputStream out, int width, int height, boolean drawn, List<Question> questions) {
    this.out = out;
    this.width = width;
    this.height = height;
    this.drawn = drawn;
    questions.forEach(question -> parts.put(question, new Part()));
  }

  /** Written once, in the end. */
  static LiveTable written(OutputStream out, int width, List<Question> questions) {
    return new LiveTable(out, width, Integer.MAX_VALUE, false, questions);
  }

  /** Drawn again and again, in so many lines. */
  static LiveTable drawn(OutputStream out, int width, int height, List<Question> questions) {
    return new LiveTable(out, width, height, true, questions);
  }

  /** What is shown of a feed. */
  private static final class Part {
    final ArrayDeque<Object> rows = new ArrayDeque<>();
    String state = "connecting";
    long count;
  }

  @Override
  public void show(List<Shown> more) throws IOException {
    for (Shown shown : more) {
      var part = parts.computeIfAbsent(shown.question(), _ -> new Part());
      changed = true;
      switch (shown.item()) {
        case Merged.Item.Row row -> {
          part.count++;
          part.rows.add(row.row());
          while (part.rows.size() > ROWS) part.rows.poll();
        }
        case Merged.Item.State state ->
            part.state = LiveRows.Stated.of(state.state(), state.received()).toString();
        case Merged.Item.End end -> part.state = end.why().map(Terminal::words).orElse("ended");
      }
    }
    tick();
  }

  @Override
  public void tick() throws IOException {
    if (!drawn || !changed || System.nanoTime() - last < BETWEEN.toNanos()) return;
    last = System.nanoTime();
    changed = false;
    var text = new StringBuilder(begun ? HOME : CLEAR + HOME);
    begun = true;
    for (String line : lines()) text.append(line).append(END_OF_LINE).append('\n');
    out.write(text.append(BELOW).toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** As many rows of each feed as there is room for, else of as many feeds as there is. */
  private List<String> lines() throws IOException {
    int room = height - 1; // the cursor stands in the last line
    for (int most = MOST; most >= LEAST; most--) {
      var lines = lines(most);
      if (lines.size() <= room) return lines;
    }
    var titles = lines(0);
    int shown = Math.min(titles.size(), room - 1);
    var lines = new ArrayList<>(titles.subList(0, shown));
    int hidden = titles.size() - shown;
    lines.add(
        cut(
            "%s not shown: make the window higher, or watch fewer at once"
                .formatted(hidden > 0 ? hidden + " more feeds are" : "their rows are")));
    return lines;
  }

  /**
   * @param most how many lines a feed has below its title
   */
  private List<String> lines(int most) throws IOException {
    var lines = new ArrayList<String>();
    int rows = Math.min(most - 1, Math.max(1, ROWS / Math.max(1, parts.size())));
    for (var entry : parts.entrySet()) {
      var question = entry.getKey();
      var part = entry.getValue();
      lines.add(
          cut(String.format(Locale.ROOT, "%s  %,d rows  %s", question, part.count, part.state)));
      if (most > 0) lines.addAll(body(question, part, rows, most));
    }
    return lines;
  }

  private String cut(String line) {
    return line.length() > width ? line.substring(0, width - 1) + "…" : line;
  }

  private List<String> body(Question question, Part part, int count, int most) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var newest = List.copyOf(part.rows);
    boolean tall = !newest.isEmpty() && newest.getLast() instanceof OrderBook;
    try (RowOutput rows = Format.TABLE.to(bytes, width)) {
      rows.begin(Heading.plain("", question.record()));
      if (!newest.isEmpty())
        rows.rows(newest.subList(Math.max(0, newest.size() - (tall ? 1 : count)), newest.size()));
    }
    var lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    int over = Math.max(0, lines.size() - most);
    // Of a book the best levels stand first, of rows the newest last.
    return tall ? lines.subList(0, lines.size() - over) : lines.subList(over, lines.size());
  }

  @Override
  public void close() throws IOException {
    if (drawn) {
      changed = true;
      last = System.nanoTime() - BETWEEN.toNanos();
      tick();
      return;
    }
    for (String line : lines()) out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
