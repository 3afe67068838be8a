package io.tradeflood.cli;

import java.util.List;

/** The command line's entry point. */
public final class Main {
  private Main() {}

  /** Runs the command that the arguments name and ends the program with its {@link Exit} code. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), Terminal.ofProcess()));
  }

  /** Runs the command that the arguments name; gives its {@link Exit} code and ends nothing. */
  static int run(List<String> arguments, Terminal terminal) {
    return new CommandRun(terminal).of(arguments);
  }
}
