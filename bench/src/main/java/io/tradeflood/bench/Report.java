package io.tradeflood.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came out: a table, words, and whether something broke. Confined to one thread. */
public final class Report {
  private final String title;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private boolean missed;
  private final double loadBefore = load();

  /** A report of a benchmark. */
  public Report(String title) {
    this.title = title;
  }

  private record Line(
      String what, String ours, String baseline, String ratio, String target, String verdict) {
    List<String> cells() {
      return List.of(what, ours, baseline, ratio, target, verdict);
    }
  }

  /** A line with a target, met or not. */
  public void line(
      String what, String ours, String baseline, String ratio, String target, boolean met) {
    lines.add(new Line(what, ours, baseline, ratio, target, met ? "met" : "MISSED"));
    missed |= !met;
  }

  /** A line without a target. */
  public void line(String what, String ours, String baseline, String ratio) {
    lines.add(new Line(what, ours, baseline, ratio, "", ""));
  }

  /** A remark below the table. */
  public void word(String sentence) {
    words.add(sentence);
  }

  /** A remark below the table, with figures. */
  public void word(String sentence, Object... figures) {
    word(String.format(Locale.ROOT, sentence, figures));
  }

  /** Something is wrong beyond slowness. */
  public void broke(String sentence) {
    broken.add(sentence);
  }

  /** What is wrong beyond slowness. */
  public List<String> broken() {
    return List.copyOf(broken);
  }

  /** Whether any target was missed. */
  public boolean missed() {
    return missed;
  }

  /** Writes it as text. */
  public void print(PrintStream out) {
    out.println(title);
    out.println();
    var table = new ArrayList<List<String>>();
    table.add(new Line("what", "ours", "baseline", "ratio", "target", "").cells());
    lines.forEach(line -> table.add(line.cells()));
    for (var row : table) {
      var text = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = table.stream().mapToInt(r -> r.get(at).length()).max().orElse(0);
        String space = " ".repeat(width - row.get(column).length());
        text.append("  ");
        text.append(column == 0 ? row.get(column) + space : space + row.get(column));
      }
      out.println(text.toString().stripTrailing());
    }
    out.println();
    words.forEach(out::println);
    broken.forEach(sentence -> out.println("BROKEN: " + sentence));
    out.println(machine());
    out.println();
  }

  private String machine() {
    return String.format(
        Locale.ROOT,
        "machine: %d cores, load %.1f before and %.1f after; Java %s; only ratios count",
        Runtime.getRuntime().availableProcessors(),
        loadBefore,
        load(),
        System.getProperty("java.version"));
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** A ratio as it is written. */
  public static String ratio(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  /** A number of things. */
  public static String count(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** A number with a unit. */
  public static String figure(double value, String unit) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f %s" : "%,.0f %s", value, unit);
  }
}
