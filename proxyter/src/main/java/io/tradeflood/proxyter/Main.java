package io.tradeflood.proxyter;

import java.util.List;

/** The entry point of {@code java -jar tradeflood-proxyter.jar}. */
public final class Main {
  private Main() {}

  /** Runs until SIGTERM or Ctrl-C, and ends with 0 then; with 2 if it was started wrongly. */
  public static void main(String[] arguments) {
    // The line of a log entry; read when the first is written.
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null)
      System.setProperty(
          "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n");
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    try {
      return new Command(System.out, System.err).run(List.of(arguments));
    } catch (RuntimeException e) {
      StackTraceElement[] trace = e.getStackTrace();
      System.err.printf(
          "proxyter: a mistake of ours (%s at %s): please report it%n",
          e, trace.length == 0 ? "an unknown place" : trace[0]);
      return Command.FAILED;
    } finally {
      System.out.flush();
    }
  }
}
