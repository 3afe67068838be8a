package io.tradeflood.cli;

import io.tradeflood.cli.output.Format;
import io.tradeflood.turn.Failure;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** One run of the command line: reads the arguments, runs the command, turns errors into words. */
final class CommandRun {
  private final Terminal terminal;

  CommandRun(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs the command; gives the {@link Exit} code. */
  int of(List<String> arguments) {
    var out = new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
    int code = commands(arguments, out).execute(arguments.toArray(String[]::new));
    out.flush();
    return code;
  }

  private CommandLine commands(List<String> arguments, PrintWriter out) {
    var all = new LinkedHashMap<String, Supplier<Object>>();
    all.put("pull", () -> new PullCommand(terminal));
    all.put("watch", () -> new WatchCommand(terminal));
    all.put("plan", () -> new PlanCommand(terminal));
    all.put("list", () -> new ListCommand(terminal));
    all.put("demo", () -> new DemoCommand(terminal));
    all.put("simulate", () -> new SimulateCommand(terminal));
    all.put("proxyter", () -> new LauncherCommand.Proxyter(terminal));
    all.put("bench", () -> new LauncherCommand.Bench(terminal));
    all.put("test", () -> new LauncherCommand.Test(terminal));
    // No reference to the constructor: the JVM breaks on it when it writes the AOT cache (25.0.3).
    all.put("help", () -> new CommandLine.HelpCommand());
    // A command is slow to describe, so where one is named the others are left out.
    String named = arguments.isEmpty() ? "" : arguments.getFirst();
    if (all.containsKey(named) && !named.equals("help")) all.keySet().retainAll(Set.of(named));
    var commands = new CommandLine(new TradeFloodCommand());
    all.forEach((name, command) -> commands.addSubcommand(name, command.get()));
    return commands
        .setOut(out)
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.outIsTerminal() ? Ansi.AUTO : Ansi.OFF))
        .registerConverter(Format.class, new Choices<>(Format.class))
        .registerConverter(Style.class, new Choices<>(Style.class))
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(Math.clamp(terminal.outIsTerminal() ? terminal.width() : 100, 80, 120))
        .setParameterExceptionHandler((e, _) -> wrongArguments(e))
        .setExecutionExceptionHandler((e, _, _) -> failed(e).code());
  }

  private int wrongArguments(CommandLine.ParameterException e) {
    terminal.error(
        "%s: see \"%s --help\""
            .formatted(words(e), e.getCommandLine().getCommandSpec().qualifiedName()));
    return Exit.USAGE.code();
  }

  private static String words(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)
        || unmatched.isUnknownOption()) return String.valueOf(e.getMessage()).strip();
    String word = unmatched.getUnmatched().getFirst();
    return e.getCommandLine().getSubcommands().isEmpty()
        ? "Unexpected argument " + word
        : "Unknown command " + word;
  }

  private Exit failed(Exception thrown) {
    return switch (thrown) {
      case UsageException e -> {
        String.valueOf(e.getMessage()).lines().forEach(terminal::error);
        yield Exit.USAGE;
      }
      case Terminal.UnreadException _ -> Exit.UNREAD;
      case Failure e -> {
        terminal.error(Terminal.words(e));
        yield e instanceof Failure.Unsupported ? Exit.USAGE : Exit.FAILED;
      }
      case IOException e -> {
        terminal.error("the output could not be written: " + Terminal.words(e));
        yield Exit.FAILED;
      }
      case InterruptedException _ -> {
        Thread.currentThread().interrupt();
        yield Exit.FAILED;
      }
      default -> {
        terminal.error(
            "a mistake of ours (%s at %s): please report it with the command"
                .formatted(Terminal.words(thrown), place(thrown)));
        Logging.trace(thrown);
        yield Exit.FAILED;
      }
    };
  }

  private static String place(Throwable thrown) {
    var trace = thrown.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0].toString();
  }
}
