package io.tradeflood.cli;

import io.tradeflood.cli.output.Format;
import io.tradeflood.cli.output.RowOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
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

  private final OutputStream out;
  private final int width;
  private final boolean drawn;
  private final Map<Question, Part> parts = new LinkedHashMap<>();
  private boolean changed;
  private boolean begun;
  private long last = System.nanoTime() - BETWEEN.toNanos();

  private LiveTable(OutputStream out, int width, boolean drawn) {
    this.out = out;
    this.width = width;
    this.drawn = drawn;
  }

  /**
   * @param drawn whether it is drawn again and again
   */
  static LiveTable on(OutputStream out, int width, boolean drawn) {
    return new LiveTable(out, width, drawn);
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
      changed = true;
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

  private List<String> lines() throws IOException {
    var lines = new java.util.ArrayList<String>();
    int shown = Math.max(1, ROWS / Math.max(1, parts.size()));
    for (var entry : parts.entrySet()) {
      var question = entry.getKey();
      var part = entry.getValue();
      String title =
          String.format(Locale.ROOT, "%s  %,d rows  %s", question, part.count, part.state);
      lines.add(title.length() > width ? title.substring(0, width - 1) + "…" : title);
      var bytes = new ByteArrayOutputStream();
      try (RowOutput rows = Format.TABLE.to(bytes, width)) {
        rows.begin(io.tradeflood.cli.output.Heading.plain("", question.record()));
        var newest = List.copyOf(part.rows);
        boolean tall =
            !newest.isEmpty() && newest.getLast() instanceof io.tradeflood.model.OrderBook;
        int count = tall ? 1 : shown;
        if (!newest.isEmpty())
          rows.rows(newest.subList(Math.max(0, newest.size() - count), newest.size()));
      }
      bytes.toString(StandardCharsets.UTF_8).lines().limit(14).forEach(lines::add);
    }
    return lines;
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
