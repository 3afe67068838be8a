package io.tradeflood.bench;

import io.tradeflood.bench.history.HistoryBench;
import io.tradeflood.bench.json.JsonBench;
import io.tradeflood.bench.live.LiveBench;
import io.tradeflood.bench.proxy.ProxyBench;
import io.tradeflood.bench.turn.TurnBench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The entry point of {@code tradeflood bench}. Ends with 0 if every target was met, 2 for wrong
 * arguments, 3 if a target was missed, 4 if something broke.
 */
public final class Main {
  private static final int MET = 0;
  private static final int USAGE = 2;
  private static final int MISSED = 3;
  private static final int FAILED = 4;

  private static final String HELP =
      """
      Usage: tradeflood bench NAME.. [OPTION..]

      Measures the same work done by TradeFlood and by others, in turns, and compares.

      %s
            --rounds N     so many rounds of each, 1 to 999; 5 by default
            --only CASE    one case of a bench that has several
            --quick        only shows that it works; its figures mean nothing
            --whole        what takes long as well
        -h, --help         shows this

      Codes: 0 every target is met, 2 started wrongly, 3 a target is missed, 4 something broke.
      """;

  private static final Map<String, Supplier<Bench>> BENCHES = benches();

  private Main() {}

  private static Map<String, Supplier<Bench>> benches() {
    var benches = new LinkedHashMap<String, Supplier<Bench>>();
    benches.put("turn", TurnBench::new);
    benches.put("history", HistoryBench::new);
    benches.put("json", JsonBench::new);
    benches.put("live", LiveBench::new);
    benches.put("proxy", ProxyBench::new);
    return benches;
  }

  /** Runs the benchmarks that the arguments name. */
  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), BENCHES, out, System.err));
  }

  /** Runs benchmarks, one after the other, and all of them whatever becomes of the others. */
  static int run(
      List<String> arguments,
      Map<String, Supplier<Bench>> benches,
      PrintStream out,
      PrintStream err) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP.formatted(described(benches)));
      return MET;
    }
    var names = new ArrayList<String>();
    BenchOptions options;
    try {
      options = BenchOptions.parse(arguments, names);
      check(names, benches);
      for (var name : names) checkOnly(name, bench(name, benches), options);
    } catch (IllegalArgumentException wrong) {
      err.println("tradeflood bench: " + wrong.getMessage());
      return USAGE;
    }
    int worst = MET;
    for (var name : names) {
      worst = Math.max(worst, run(name, bench(name, benches), options, out, err));
    }
    return worst;
  }

  private static String described(Map<String, Supplier<Bench>> benches) {
    var lines = new StringBuilder();
    benches.forEach(
        (name, bench) -> {
          List<String> cases = bench.get().cases();
          lines.append("  %-8s %s".formatted(name, String.join(", ", cases)).stripTrailing());
          lines.append('\n');
        });
    return "The benches, and the cases of those that have several:\n\n" + lines;
  }

  private static Bench bench(String name, Map<String, Supplier<Bench>> benches) {
    var bench = benches.get(name);
    if (bench == null) throw new IllegalStateException("The names were checked");
    return bench.get();
  }

  private static void checkOnly(String name, Bench bench, BenchOptions options) {
    if (options.only().isEmpty() || bench.cases().contains(options.only().get())) return;
    throw new IllegalArgumentException(
        "--only %s: %s has %s"
            .formatted(
                options.only().get(),
                name,
                bench.cases().isEmpty()
                    ? "one case only"
                    : "the cases " + String.join(", ", bench.cases())));
  }

  private static int run(
      String name, Bench bench, BenchOptions options, PrintStream out, PrintStream err) {
    try {
      var report = bench.run(options);
      report.print(out);
      if (!report.broken().isEmpty()) return FAILED;
      return report.missed() && !options.quick() ? MISSED : MET;
    } catch (IOException | RuntimeException broken) {
      err.println("tradeflood bench: %s: %s".formatted(name, broken.getMessage()));
      return FAILED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      err.println("tradeflood bench: %s: interrupted".formatted(name));
      return FAILED;
    }
  }

  private static void check(List<String> names, Map<String, Supplier<Bench>> benches) {
    String known = String.join(", ", benches.keySet());
    if (names.isEmpty())
      throw new IllegalArgumentException(
          "which one is missing: expected one or more of %s, such as tradeflood bench json --rounds 5"
              .formatted(known));
    for (var name : names)
      if (!benches.containsKey(name))
        throw new IllegalArgumentException(
            "%s is not known: expected one or more of %s".formatted(name, known));
  }
}
