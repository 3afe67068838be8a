package io.tradeflood.bench.live;

import io.tradeflood.bench.Bench;
import io.tradeflood.bench.BenchOptions;
import io.tradeflood.bench.Child;
import io.tradeflood.bench.Report;
import io.tradeflood.bench.Samples;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a stream's messages to a book that was changed by them: ours, XChange-stream's
 * and ccxt's, on the same tape. Each side has a process of its own; rounds take turns. And from a
 * socket on, ours alone.
 */
public final class LiveBench implements Bench {
  private static final String BYTES = "bytes";
  private static final String SOCKET = "socket";
  private static final String CCXT = "ccxt";
  private static final List<String> OURS = List.of("book", "read", "models");

  /** Messages a second that one core should manage. */
  private static final double RATE = 1_000_000;

  /**
   * Less than an object in a thousand messages: what a pass itself allocates is spread over all.
   */
  private static final double NOTHING = 16;

  private static final Map<String, Double> TARGETS = targets();

  private static Map<String, Double> targets() {
    var targets = new LinkedHashMap<String, Double>();
    targets.put("xchange", 8.0);
    targets.put(CCXT, 15.0);
    return targets;
  }

  /** What one side did in all rounds. */
  private static final class Outcome {
    final Map<String, Samples> samples = new HashMap<>();
    List<String> said = List.of();

    void take(List<String> lines) {
      said =
          lines.stream()
              .filter(line -> line.startsWith("said "))
              .map(line -> canonical(line.substring("said ".length())))
              .toList();
      for (var line : lines) {
        var words = line.split(" ");
        if (!words[0].equals("said"))
          samples.computeIfAbsent(words[0], _ -> new Samples()).add(Double.parseDouble(words[1]));
      }
    }

    Samples of(String word) {
      var known = samples.get(word);
      if (known == null) throw new IllegalStateException("nobody measured " + word);
      return known;
    }

    /** Some write 0.1, others 1e-1 or 0.10. */
    private static String canonical(String line) {
      var words = line.split(" ");
      return "%s %s %s".formatted(words[0], plain(words[1]), plain(words[2]));
    }

    private static String plain(String number) {
      return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }
  }

  @Override
  public List<String> cases() {
    return List.of(BYTES, SOCKET);
  }

  @Override
  public Report run(BenchOptions options) throws IOException, InterruptedException {
    var report = new Report("bench live: messages to a book");
    var folder = Files.createTempDirectory("tradeflood-bench-");
    var tape = Tape.make();
    try {
      tape.write(folder);
      if (options.wants(BYTES)) compare(measure(folder, options, report), report);
      if (options.wants(SOCKET)) new SocketBench(folder, options).run(report);
    } finally {
      for (var name : List.of("snapshot", "messages")) Files.deleteIfExists(folder.resolve(name));
      Files.delete(folder);
    }
    report.word(
        "%,d messages of %.0f bytes after a snapshot of 1000 levels a side, again and again; each"
            + " side in %d processes of its own.",
        tape.messages().size(), tape.bytesAMessage(), options.rounds());
    report.word(
        "Times are of the processors, collector and JIT included; ratios are of minima, medians in"
            + " brackets.");
    return report;
  }

  private static Map<String, Outcome> measure(Path folder, BenchOptions options, Report report)
      throws IOException, InterruptedException {
    var outcomes = new HashMap<String, Outcome>();
    String milliseconds = options.quick() ? "50" : "3000";
    for (int round = 0; round < options.rounds(); round++) {
      for (var side : List.of("book", "read", "models", "xchange"))
        outcome(outcomes, side)
            .take(Child.java(LiveChild.class, List.of(side, folder.toString(), milliseconds)));
      if (options.peers().isPresent())
        outcome(outcomes, CCXT)
            .take(
                Child.node(
                    options.peers().get(),
                    LiveBench.class,
                    "ccxt.mjs",
                    List.of(folder.toString(), milliseconds)));
    }
    if (options.peers().isEmpty())
      report.word("ccxt is left out: run npm ci in peers/ to compare with it.");
    return outcomes;
  }

  private static Outcome outcome(Map<String, Outcome> outcomes, String side) {
    return outcomes.computeIfAbsent(side, _ -> new Outcome());
  }

  private static void compare(Map<String, Outcome> outcomes, Report report) {
    var ours = known(outcomes.get(OURS.getFirst()));
    double mine = ours.of("least").least();
    TARGETS.forEach(
        (side, target) -> {
          var theirs = outcomes.get(side);
          if (theirs == null) return;
          double ratio = theirs.of("least").least() / mine;
          double medians = theirs.of("median").median() / ours.of("median").median();
          report.line(
              "bytes to applied book, a message, over " + side,
              Report.figure(mine, "ns"),
              Report.figure(theirs.of("least").least(), "ns"),
              "%s (%s)".formatted(Report.ratio(ratio), Report.ratio(medians)),
              ">= " + Report.ratio(target),
              ratio >= target);
          agree(side, ours, theirs, report);
        });
    double rate = 1e9 / ours.of("elapsed").least();
    report.line(
        "messages a second on one core",
        Report.count(rate),
        "",
        "",
        ">= " + Report.count(RATE),
        rate >= RATE);
    double bytes = ours.of("bytes").least();
    report.line(
        "allocated a message",
        Report.figure(bytes, "B"),
        "",
        "",
        "< %.0f B".formatted(NOTHING),
        bytes < NOTHING);
    report.line("of it: bytes to levels", Report.figure(least(outcomes, "read"), "ns"), "", "");
    report.line(
        "bytes to a model of 20 levels a message",
        Report.figure(least(outcomes, "models"), "ns"),
        "",
        "");
  }

  private static double least(Map<String, Outcome> outcomes, String side) {
    return known(outcomes.get(side)).of("least").least();
  }

  private static Outcome known(@Nullable Outcome outcome) {
    if (outcome == null) throw new IllegalStateException("a side was not measured");
    return outcome;
  }

  private static void agree(String side, Outcome ours, Outcome theirs, Report report) {
    if (ours.said.isEmpty()) report.broke("our book is empty at the end of the tape");
    if (!ours.said.equals(theirs.said))
      report.broke(
          "%s has another book at the end of the tape: %s, ours %s"
              .formatted(side, theirs.said, ours.said));
  }
}
