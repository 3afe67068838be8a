package io.tradeflood.bench.json;

import io.tradeflood.bench.Bench;
import io.tradeflood.bench.BenchOptions;
import io.tradeflood.bench.Child;
import io.tradeflood.bench.Report;
import io.tradeflood.bench.SamplesBy;
import io.tradeflood.simulator.Simulator;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a page to models: ours, Jackson's streaming parser into the same models,
 * XChange and ccxt into their own. Every parser has a process of its own; rounds take turns.
 */
public final class JsonBench implements Bench {
  private static final String OURS = "tradeflood";
  private static final String CCXT = "ccxt";

  /** An object for each row beside these would be seen; a slot in a list is less. */
  private static final int SMALLEST_OBJECT = 16;

  /** Whom we are compared with, and how many times faster we want to be. */
  private static final Map<String, Double> TARGETS = targets();

  private static Map<String, Double> targets() {
    var targets = new LinkedHashMap<String, Double>();
    targets.put("jackson", 2.5);
    targets.put("xchange", 7.0);
    targets.put(CCXT, 15.0);
    return targets;
  }

  /** What one parser did in all rounds. */
  private static final class Outcome {
    final SamplesBy<Kind> least = new SamplesBy<>();
    final SamplesBy<Kind> median = new SamplesBy<>();
    final SamplesBy<Kind> bytes = new SamplesBy<>();
    final SamplesBy<Kind> models = new SamplesBy<>();
    final SamplesBy<Kind> rows = new SamplesBy<>();
    final Map<Kind, List<String>> said = new EnumMap<>(Kind.class);

    void take(List<String> lines) {
      said.clear();
      for (var line : lines) {
        var words = line.split(" ", 3);
        var kind = Kind.valueOf(words[1]);
        if (words[0].equals("said"))
          said.computeIfAbsent(kind, _ -> new ArrayList<>()).add(canonical(words[2]));
        else samples(words[0]).of(kind).add(Double.parseDouble(words[2]));
      }
    }

    private SamplesBy<Kind> samples(String word) {
      return switch (word) {
        case "least" -> least;
        case "median" -> median;
        case "models" -> models;
        case "rows" -> rows;
        default -> bytes;
      };
    }

    /** Some write 0.1, others 1e-1. */
    private static String canonical(String line) {
      var text = new StringBuilder();
      for (var word : line.split(" ")) {
        boolean isNumber = word.matches("-?[0-9.]+([eE][-+]?[0-9]+)?");
        text.append(isNumber ? new BigDecimal(word).stripTrailingZeros().toPlainString() : word);
        text.append(' ');
      }
      return text.toString().strip();
    }
  }

  @Override
  public Report run(BenchOptions options) throws IOException, InterruptedException {
    var report = new Report("bench json: bytes of a page to models");
    var folder = Files.createTempDirectory("tradeflood-bench-");
    try (var simulator = Simulator.start()) {
      record(simulator.baseUrl(), folder);
      compare(measure(simulator.baseUrl(), folder, options, report), report);
    } finally {
      for (var kind : Kind.ALL) Files.deleteIfExists(folder.resolve(kind.word()));
      Files.delete(folder);
    }
    report.word(
        "Each parser in %d processes of its own, all kinds of pages in each; ratios are of minima, medians in brackets."
            .formatted(options.rounds()));
    return report;
  }

  private static void record(URI base, Path folder) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      for (var kind : Kind.ALL) {
        var request = HttpRequest.newBuilder(base.resolve(kind.path())).build();
        var file = HttpResponse.BodyHandlers.ofFile(folder.resolve(kind.word()));
        int status = client.send(request, file).statusCode();
        if (status != 200)
          throw new IllegalStateException(
              "the simulator answered %s with %d".formatted(kind.path(), status));
      }
    }
  }

  private static Map<String, Outcome> measure(
      URI base, Path folder, BenchOptions options, Report report)
      throws IOException, InterruptedException {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    String milliseconds = options.quick() ? "20" : "1500";
    for (int round = 0; round < options.rounds(); round++) {
      for (var parser : List.of(OURS, "jackson", "xchange"))
        outcomes
            .computeIfAbsent(parser, _ -> new Outcome())
            .take(Child.java(JsonChild.class, List.of(parser, folder.toString(), milliseconds)));
      if (options.peers().isPresent())
        outcomes
            .computeIfAbsent(CCXT, _ -> new Outcome())
            .take(
                Child.node(
                    options.peers().get(),
                    JsonBench.class,
                    "ccxt.mjs",
                    List.of(base.toString(), folder.toString(), milliseconds)));
    }
    if (options.peers().isEmpty())
      report.word("ccxt is left out: run npm ci in peers/ to compare with it.");
    return outcomes;
  }

  private static void compare(Map<String, Outcome> outcomes, Report report) {
    var ours = known(outcomes.get(OURS));
    TARGETS.forEach(
        (parser, target) -> {
          var theirs = outcomes.get(parser);
          if (theirs == null) return;
          double product = 1;
          for (var kind : Kind.ALL) {
            product *= compare(kind, parser, ours, theirs, report);
            agree(kind, parser, ours, theirs, report);
          }
          double mean = Math.cbrt(product);
          report.line(
              "all, over " + parser,
              "",
              "",
              Report.ratio(mean),
              ">= " + Report.ratio(target),
              mean >= target);
        });
    var jackson = known(outcomes.get("jackson"));
    for (var kind : Kind.ALL) {
      double all = perRow(ours.bytes, kind);
      double models = perRow(ours.models, kind);
      double rows = perRow(ours.rows, kind);
      double rest = all - models - rows;
      String what = kind.word() + ", allocated a row";
      String theirs = Report.figure(perRow(jackson.bytes, kind), "B (jackson)");
      report.line(what, Report.figure(all, "B"), theirs, "");
      report.line(what + ": the model", Report.figure(models, "B"), "", "");
      report.line(what + ": the exchange's", Report.figure(rows, "B"), "", "");
      report.line(
          what + ": anything else",
          Report.figure(rest, "B"),
          "",
          "",
          "< %d B".formatted(SMALLEST_OBJECT),
          rest < SMALLEST_OBJECT);
    }
    report.word(
        "What calls give is the exchange's own rows, for whoever asks them to share; models are made of these.");
  }

  private static Outcome known(@Nullable Outcome outcome) {
    if (outcome == null) throw new IllegalStateException("a parser was not measured");
    return outcome;
  }

  private static double perRow(SamplesBy<Kind> bytes, Kind kind) {
    return bytes.of(kind).least() / kind.rows();
  }

  private static double compare(
      Kind kind, String parser, Outcome ours, Outcome theirs, Report report) {
    double ratio = theirs.least.of(kind).least() / ours.least.of(kind).least();
    double medians = theirs.median.of(kind).median() / ours.median.of(kind).median();
    report.line(
        kind.word() + ", a page, over " + parser,
        Report.figure(ours.least.of(kind).least() / 1000, "us"),
        Report.figure(theirs.least.of(kind).least() / 1000, "us"),
        "%s (%s)".formatted(Report.ratio(ratio), Report.ratio(medians)));
    return ratio;
  }

  private static void agree(Kind kind, String parser, Outcome ours, Outcome theirs, Report report) {
    var mine = ours.said.getOrDefault(kind, List.of());
    var other = theirs.said.getOrDefault(kind, List.of());
    if (mine.size() != kind.rows())
      report.broke("%s has %d rows, expected %d".formatted(kind.word(), mine.size(), kind.rows()));
    if (mine.equals(other)) return;
    var different =
        mine.stream().filter(line -> !other.contains(line)).limit(1).collect(Collectors.joining());
    report.broke(
        "%s reads %s otherwise than we: %d rows, ours %d; it lacks %s"
            .formatted(parser, kind.word(), other.size(), mine.size(), different));
  }
}
