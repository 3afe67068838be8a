package io.tradeflood.bench;

import io.tradeflood.bench.json.JsonBench;
import io.tradeflood.bench.turn.TurnBench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The entry point of {@code tradeflood bench}. */
public final class Main {
  private static final Set<String> BENCHES = Set.of("turn", "json");
  private static final int USAGE = 2;
  private static final int FAILED = 4;

  private Main() {}

  /** Runs the benchmarks that the arguments name. */
  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out));
  }

  private static int run(List<String> arguments, PrintStream out) {
    var names = new ArrayList<String>();
    BenchOptions options;
    try {
      options = BenchOptions.parse(arguments, names);
      check(names);
    } catch (IllegalArgumentException wrong) {
      System.err.println("tradeflood bench: " + wrong.getMessage());
      return USAGE;
    }
    try {
      for (var name : names) {
        var report = bench(name).run(options);
        report.print(out);
        if (!report.broken().isEmpty()) return FAILED;
      }
      return 0;
    } catch (IOException | IllegalStateException broken) {
      System.err.println("tradeflood bench: " + broken.getMessage());
      return FAILED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static void check(List<String> names) {
    if (names.isEmpty())
      throw new IllegalArgumentException(
          "which one is missing: expected turn or json, such as tradeflood bench json --rounds 5");
    for (var name : names)
      if (!BENCHES.contains(name))
        throw new IllegalArgumentException(
            "%s is not known: expected turn or json".formatted(name));
  }

  private static Bench bench(String name) {
    return switch (name) {
      case "turn" -> new TurnBench();
      default -> new JsonBench();
    };
  }
}
