package io.tradeflood.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a benchmark is to go.
 *
 * @param rounds how often each side is measured, in turns
 * @param quick as little as shows that it works; its figures mean nothing
 * @param whole everything, however long it takes
 * @param only the one case that is measured of a bench that has several; empty for all
 * @param peers the folder with the peers of npm; empty if they are not installed
 */
public record BenchOptions(
    int rounds, boolean quick, boolean whole, Optional<String> only, Optional<Path> peers) {
  private static final int COMMON_ROUNDS = 5;

  /** A smoke run. */
  public static BenchOptions quick(Optional<Path> peers) {
    return new BenchOptions(1, true, false, Optional.empty(), peers);
  }

  /**
   * Reads options.
   *
   * @param names takes what is no option
   */
  static BenchOptions parse(List<String> arguments, List<String> names) {
    int rounds = 0;
    boolean quick = false;
    boolean whole = false;
    Optional<String> only = Optional.empty();
    for (var all = arguments.iterator(); all.hasNext(); ) {
      String argument = all.next();
      switch (argument) {
        case "--quick" -> quick = true;
        case "--whole" -> whole = true;
        case "--only" -> only = Optional.of(all.hasNext() ? all.next() : "nothing");
        case "--rounds" -> rounds = rounds(all.hasNext() ? all.next() : "");
        default -> {
          if (argument.startsWith("-"))
            throw new IllegalArgumentException(
                "%s is not known: expected --rounds N, --only CASE, --quick or --whole"
                    .formatted(argument));
          names.add(argument);
        }
      }
    }
    if (quick && whole)
      throw new IllegalArgumentException("--quick and --whole: expected one of them");
    int chosen = rounds > 0 ? rounds : quick ? 1 : COMMON_ROUNDS;
    return new BenchOptions(
        chosen, quick, whole, only, installed(System.getProperty("tradeflood.home", "")));
  }

  /** Whether a case is to be measured. */
  public boolean wants(String one) {
    return only.isEmpty() || only.get().equals(one);
  }

  private static Optional<Path> installed(String home) {
    var peers = Path.of(home, "peers");
    return Optional.of(peers).filter(BenchOptions::hasPeers);
  }

  /** Whether the peers of npm are installed in a folder. */
  public static boolean hasPeers(Path folder) {
    return folder.resolve("node_modules").resolve("ccxt").toFile().isDirectory();
  }

  private static int rounds(String word) {
    if (!word.matches("[1-9][0-9]{0,2}"))
      throw new IllegalArgumentException(
          "--rounds: expected a number from 1 to 999, was " + (word.isEmpty() ? "nothing" : word));
    return Integer.parseInt(word);
  }
}
