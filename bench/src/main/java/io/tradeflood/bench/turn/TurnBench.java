package io.tradeflood.bench.turn;

import io.tradeflood.bench.Bench;
import io.tradeflood.bench.BenchOptions;
import io.tradeflood.bench.Child;
import io.tradeflood.bench.Report;
import io.tradeflood.bench.Samples;
import io.tradeflood.bench.SamplesBy;
import java.io.IOException;
import java.util.List;

/**
 * Writes calls down, a tenth of them distinct, merges and runs them; java-dataloader loads the same
 * keys, dispatches and joins. Each side has a JVM of its own with the same flags; rounds take
 * turns.
 */
public final class TurnBench implements Bench {
  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

  @Override
  public Report run(BenchOptions options) throws IOException, InterruptedException {
    var report =
        new Report("bench turn: write down, merge and run calls, one in ten of them distinct");
    var sizes = options.quick() ? List.of(1_000, 10_000) : SIZES;
    var ours = new SamplesBy<Integer>();
    var theirs = new SamplesBy<Integer>();
    for (int round = 0; round < options.rounds(); round++) {
      measure(TurnSide.OURS, sizes, options, ours, report);
      measure(TurnSide.DATALOADER, sizes, options, theirs, report);
    }
    for (int size : sizes)
      compare(size, ours.of(size), theirs.of(size), size == sizes.getLast(), report);
    double growth = growth(ours, sizes);
    report.line(
        "a call, %,d over %,d calls".formatted(sizes.getLast(), sizes.getFirst()),
        Report.ratio(growth),
        Report.ratio(growth(theirs, sizes)),
        "",
        "<= 1.50 (linear)",
        growth <= 1.5);
    report.word(
        "Medians of %d rounds, each in JVMs of its own with -Xmx512m, which neither side exceeded."
            .formatted(options.rounds()));
    return report;
  }

  private static double growth(SamplesBy<Integer> samples, List<Integer> sizes) {
    return samples.of(sizes.getLast()).median() / samples.of(sizes.getFirst()).median();
  }

  private static void measure(
      TurnSide side,
      List<Integer> sizes,
      BenchOptions options,
      SamplesBy<Integer> samples,
      Report report)
      throws IOException, InterruptedException {
    var arguments =
        List.of(
            side.name(),
            Integer.toString(options.quick() ? 2 : 7),
            String.join(",", sizes.stream().map(String::valueOf).toList()));
    for (var line : Child.java(TurnChild.class, arguments)) {
      var words = line.split(" ");
      int size = Integer.parseInt(words[0]);
      samples.of(size).add(Double.parseDouble(words[1]));
      long expected = TurnSide.sum(size);
      if (Long.parseLong(words[2]) != expected)
        report.broke(
            "%s answered %s for %d calls, expected %d".formatted(side, words[2], size, expected));
    }
  }

  private static void compare(
      int size, Samples ours, Samples theirs, boolean largest, Report report) {
    double ratio = theirs.median() / ours.median();
    String what = "%,d calls, a call".formatted(size);
    String mine = Report.figure(ours.median(), "ns");
    String other = Report.figure(theirs.median(), "ns");
    if (largest) report.line(what, mine, other, Report.ratio(ratio), ">= 1.00", ratio >= 1);
    else report.line(what, mine, other, Report.ratio(ratio));
    report.line(
        what + ", least",
        Report.figure(ours.least(), "ns"),
        Report.figure(theirs.least(), "ns"),
        Report.ratio(theirs.least() / ours.least()));
  }
}
