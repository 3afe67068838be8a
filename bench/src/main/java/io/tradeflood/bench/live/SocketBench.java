package io.tradeflood.bench.live;

import io.tradeflood.bench.BenchOptions;
import io.tradeflood.bench.Child;
import io.tradeflood.bench.Report;
import io.tradeflood.bench.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From a socket to a book, and to its reader, through all that is between: plain, and beside it
 * packed and by TLS.
 */
final class SocketBench {
  /** Messages that a second of the processors should manage. */
  private static final double RATE = 1_000_000;

  /**
   * Less than an object in 16 messages: what a read of the socket makes is spread over its
   * messages.
   */
  private static final double NOTHING = 1;

  private static final int PACE = 50_000;
  private static final double MOST_ADDED = 100_000;

  private final Path folder;
  private final BenchOptions options;
  private final Map<String, Samples> measured = new HashMap<>();

  SocketBench(Path folder, BenchOptions options) {
    this.folder = folder;
    this.options = options;
  }

  void run(Report report) throws IOException, InterruptedException {
    var identity = new Identity(folder);
    try {
      identity.make();
      for (int round = 0; round < options.rounds(); round++) {
        measure("flood", 0, Manner.PLAIN);
        measure("flood", 0, Manner.PACKED);
        measure("flood", 0, Manner.TLS);
        for (var how : List.of("pace", "relay", "told", "bare")) measure(how, PACE, Manner.PLAIN);
      }
    } finally {
      identity.delete();
    }
    flood(report);
    beside(report, Manner.PACKED, "through permessage-deflate");
    beside(report, Manner.TLS, "through TLS");
    pace(report);
  }

  private void measure(String how, int rate, Manner manner)
      throws IOException, InterruptedException {
    // What comes at a pace is compiled later than what floods.
    String milliseconds = options.quick() ? "200" : rate == 0 ? "6000" : "12000";
    try (var server =
        Child.start(
            StreamServer.class, List.of(folder.toString(), String.valueOf(rate), manner.word()))) {
      var ports = server.line().split(" ");
      var lines =
          Child.java(
              SocketChild.class,
              List.of(how, manner.word(), ports[0], ports[1], folder.toString(), milliseconds));
      for (var line : lines) {
        var words = line.split(" ");
        measured
            .computeIfAbsent(name(how, manner) + " " + words[0], _ -> new Samples())
            .add(Double.parseDouble(words[1]));
      }
    }
  }

  private static String name(String how, Manner manner) {
    return manner == Manner.PLAIN ? how : how + " " + manner.word();
  }

  private Samples of(String word) {
    var known = measured.get(word);
    if (known == null) throw new IllegalStateException("nobody measured " + word);
    return known;
  }

  private void flood(Report report) {
    double rate = 1e9 / of("flood least").least();
    report.line(
        "socket to applied book, messages a second of the processors",
        Report.count(rate),
        "",
        "",
        ">= " + Report.count(RATE),
        rate >= RATE);
    report.line("of it: the thread that reads", nanos("flood loop"), "", "");
    report.line(
        "messages a second by the clock", Report.count(1e9 / least("flood elapsed")), "", "");
    double bytes = least("flood bytes");
    report.line(
        "allocated a message from the socket on",
        Report.figure(bytes, "B"),
        "",
        "",
        "< %.0f B".formatted(NOTHING),
        bytes < NOTHING);
  }

  /** The same messages in another manner, beside the plain ones. */
  private void beside(Report report, Manner manner, String what) {
    String word = name("flood", manner);
    double ratio = least(word + " least") / least("flood least");
    double medians = of(word + " median").median() / of("flood median").median();
    report.line(
        what + ", a message, beside plain",
        nanos(word + " least"),
        nanos("flood least"),
        "%s (%s)".formatted(Report.ratio(ratio), Report.ratio(medians)));
    report.line("of it: the thread that reads", nanos(word + " loop"), nanos("flood loop"), "");
  }

  private double least(String word) {
    return of(word).least();
  }

  private String nanos(String word) {
    return Report.figure(least(word), "ns");
  }

  private void pace(Report report) {
    latencies(report, "a server's write to a reader", "pace", "relay");
    latencies(report, "a server's write to a sink", "told", "bare");
    report.word(
        "Latencies are of %,.0f changes a second. A reader is a virtual thread, which missed %,.0f; beside it"
            + " a thread that only waits for the socket wakes one. A sink is told on the thread that reads the"
            + " socket; beside it such a thread only looks.",
        of("pace pace").median(), of("pace dropped").most());
    if (of("pace dropped").most() > 0) report.broke("A reader at a pace missed messages");
  }

  /** What is added is what ours takes more than a bare program that hands on in the same way. */
  private void latencies(Report report, String what, String how, String beside) {
    for (var quantile : List.of("50", "usual", "99", "99.9")) {
      Samples ours = of(how + " from-" + quantile);
      Samples bare = of(beside + " from-" + quantile);
      String name =
          what + (quantile.equals("usual") ? ", p99 of most tenths of a second" : ", p" + quantile);
      report.line(
          name, micros(ours.median()), micros(bare.median()), Report.ratio(ours.ratioTo(bare)));
      report.line(
          "of it: from the socket on", micros(of(how + " inside-" + quantile).median()), "", "");
      double added = ours.excessOver(bare);
      if (quantile.equals("usual") || quantile.equals("99"))
        report.line(
            "of it: added",
            micros(added),
            "",
            "",
            "< %.0f us".formatted(MOST_ADDED / 1000),
            added < MOST_ADDED);
    }
  }

  private static String micros(double nanos) {
    return Report.figure(nanos / 1000, "us");
  }
}
