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
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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

  /** How long the size of the window is believed. */
  private static final Duration SIZE_KEPT = Duration.ofSeconds(1);

  /** How many rows of a feed are shown at most. */
  private static final int ROWS = 8;

  /** How many lines below its title a feed has at most, and at least, if it has any. */
  private static final int MOST = 14;

  private static final int LEAST = 2;

  private final OutputStream out;
  private final Supplier<Terminal.Size> window;
  private final LongSupplier nanoTime;
  private final boolean drawn;
  private final Map<Question, Part> parts = new LinkedHashMap<>();
  private Terminal.Size size;
  private long measured;
  private boolean changed;
  private String begin = CLEAR + HOME;
  private long last;

  private LiveTable(
      OutputStream out,
      Supplier<Terminal.Size> window,
      LongSupplier nanoTime,
      boolean drawn,
      List<Question> questions) {
    this.out = out;
    this.window = window;
    this.nanoTime = nanoTime;
    this.drawn = drawn;
    size = window.get();
    measured = nanoTime.getAsLong();
    last = measured - BETWEEN.toNanos();
    questions.forEach(question -> parts.put(question, new Part()));
  }

  /** Written once, in the end. */
  static LiveTable written(OutputStream out, int width, List<Question> questions) {
    var endless = new Terminal.Size(width, Integer.MAX_VALUE);
    return new LiveTable(out, () -> endless, System::nanoTime, false, questions);
  }

  /**
   * Drawn again and again.
   *
   * @param window how large the window is; asked once a second
   */
  static LiveTable drawn(
      OutputStream out,
      Supplier<Terminal.Size> window,
      LongSupplier nanoTime,
      List<Question> questions) {
    return new LiveTable(out, window, nanoTime, true, questions);
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
    long now = nanoTime.getAsLong();
    if (!drawn || now - last < BETWEEN.toNanos()) return;
    if (now - measured >= SIZE_KEPT.toNanos()) measure(now);
    if (!changed) return;
    last = now;
    draw();
  }

  /** In another window nothing stands any more where it was drawn. */
  private void measure(long now) {
    measured = now;
    var measuredSize = window.get();
    if (measuredSize.equals(size)) return;
    size = measuredSize;
    begin = CLEAR + HOME;
    changed = true;
  }

  private void draw() throws IOException {
    changed = false;
    var text = new StringBuilder(begin);
    begin = HOME;
    for (String line : lines()) text.append(line).append(END_OF_LINE).append('\n');
    out.write(text.append(BELOW).toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** As many rows of each feed as there is room for, else of as many feeds as there is. */
  private List<String> lines() throws IOException {
    int room = size.height() - 1; // the cursor stands in the last line
    var bodies = new ArrayList<Body>();
    for (var entry : parts.entrySet()) bodies.add(body(entry.getKey(), entry.getValue()));
    int least = bodies.stream().mapToInt(body -> Math.min(body.size(), LEAST)).sum();
    var titles = parts.entrySet().stream().map(e -> title(e.getKey(), e.getValue())).toList();
    if (titles.size() + least > room) return withoutRows(titles, room);
    int[] shares = shares(bodies, room - titles.size());
    var lines = new ArrayList<String>();
    for (int i = 0; i < shares.length; i++) {
      lines.add(titles.get(i));
      lines.addAll(bodies.get(i).lines(shares[i]));
    }
    return lines;
  }

  private List<String> withoutRows(List<String> titles, int room) {
    int shown = Math.min(titles.size(), room - 1);
    var lines = new ArrayList<>(titles.subList(0, shown));
    int hidden = titles.size() - shown;
    lines.add(
        cut(
            "%s not shown: make the window higher, or watch fewer at once"
                .formatted(hidden > 0 ? hidden + " more feeds are" : "their rows are")));
    return lines;
  }

  /** A line for each that wants one more, in turn, for as long as lines are free. */
  private static int[] shares(List<Body> bodies, int free) {
    int[] shares = new int[bodies.size()];
    int left = free;
    for (int most = 1; most <= MOST; most++)
      for (int i = 0; i < shares.length && left > 0; i++) {
        if (bodies.get(i).size() < most) continue;
        shares[i] = most;
        left--;
      }
    return shares;
  }

  private String title(Question question, Part part) {
    return cut(String.format(Locale.ROOT, "%s  %,d rows  %s", question, part.count, part.state));
  }

  private String cut(String line) {
    return line.length() > size.width() ? line.substring(0, size.width() - 1) + "…" : line;
  }

  /**
   * What stands below a title.
   *
   * @param best whether the rows that matter most stand first, as in a book, rather than last
   */
  private record Body(List<String> headings, List<String> rows, boolean best) {
    int size() {
      return headings.size() + rows.size();
    }

    /** In so many lines: one row rather than all headings, of these the last. */
    List<String> lines(int most) {
      int shown = Math.min(rows.size(), Math.max(1, most - headings.size()));
      int above = Math.min(headings.size(), most - shown);
      var lines = new ArrayList<>(headings.subList(headings.size() - above, headings.size()));
      int first = best ? 0 : rows.size() - shown;
      lines.addAll(rows.subList(first, first + shown));
      return lines;
    }
  }

  private Body body(Question question, Part part) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var newest = List.copyOf(part.rows);
    int rows = newest.size();
    boolean best = false;
    try (RowOutput output = Format.TABLE.to(bytes, size.width())) {
      output.begin(Heading.plain("", question.record()));
      if (!newest.isEmpty() && newest.getLast() instanceof OrderBook book) {
        best = true;
        rows = Math.max(book.bids().size(), book.asks().size());
        newest = List.of(book);
      }
      if (!newest.isEmpty()) output.rows(newest);
    }
    var lines = bytes.toString(StandardCharsets.UTF_8).lines().map(this::cut).toList();
    int headings = lines.size() - rows;
    return new Body(lines.subList(0, headings), lines.subList(headings, lines.size()), best);
  }

  @Override
  public void close() throws IOException {
    if (drawn) {
      draw();
      return;
    }
    for (String line : lines()) out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
