package io.tradeflood.cli;

import java.util.List;

/** The command line's entry point. */
public final class Main {
  private Main() {}

  /** Runs the command that the arguments name and ends the program with its {@link Exit} code. */
  public static void main(String[] arguments) {
    var terminal = Terminal.ofProcess();
    Thread.setDefaultUncaughtExceptionHandler(new LastWords(terminal));
    int code = run(List.of(arguments), terminal);
    // Where returning does the same it is faster: exit asks for a logger, and so loads Logback.
    if (code != 0 || isAnythingLeft()) System.exit(code);
  }

  private static boolean isAnythingLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> !thread.isDaemon() && thread != Thread.currentThread());
  }

  /** Runs the command that the arguments name; gives its {@link Exit} code and ends nothing. */
  static int run(List<String> arguments, Terminal terminal) {
    return new CommandRun(terminal).of(arguments);
  }
}
