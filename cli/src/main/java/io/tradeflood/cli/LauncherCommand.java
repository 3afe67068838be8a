package io.tradeflood.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Commands that need the sources; the launcher in their folder carries them out before we are
 * asked.
 */
abstract sealed class LauncherCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final String what;

  @Unmatched List<String> arguments = new ArrayList<>();

  private LauncherCommand(Terminal terminal, String what) {
    this.terminal = terminal;
    this.what = what;
  }

  @Override
  public Integer call() {
    terminal.error(what + " need the sources: start ./tradeflood in their folder");
    return Exit.USAGE.code();
  }

  @Command(name = "bench", description = "Measures TradeFlood beside its peers (from the sources).")
  static final class Bench extends LauncherCommand {
    Bench(Terminal terminal) {
      super(terminal, "benchmarks");
    }
  }

  @Command(
      name = "proxyter",
      description = "Runs the rotating forward proxy, a program of its own.")
  static final class Proxyter extends LauncherCommand {
    Proxyter(Terminal terminal) {
      super(terminal, "Proxyter's parts");
    }
  }

  @Command(name = "test", description = "Builds and tests everything (from the sources).")
  static final class Test extends LauncherCommand {
    Test(Terminal terminal) {
      super(terminal, "tests");
    }
  }
}
