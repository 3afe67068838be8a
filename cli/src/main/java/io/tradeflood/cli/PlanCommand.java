package io.tradeflood.cli;

import io.tradeflood.PlanExplanation;
import io.tradeflood.TradeFlood;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what a pull would do, without doing anything. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Tells what pull, or watch, would do, and what is impossible and why. Asks nobody.")
final class PlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin QuestionOptions question = new QuestionOptions();
  @Mixin SetupOptions setup = new SetupOptions();

  @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
  Optional<Style> format = Optional.empty();

  @Option(names = "--live", description = "Tell what watch would do.")
  boolean live;

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    question.check();
    try (TradeFlood flood = setup.open()) {
      var explanation = live ? watched(flood) : pulled(flood);
      String text = format.orElse(Style.TEXT).write(explanation);
      terminal.out().write((text.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8));
      terminal.out().flush();
      return (isImpossible(explanation) ? Exit.USAGE : Exit.WHOLE).code();
    }
  }

  /** Whether pull, or watch, would have nothing to do. */
  private static boolean isImpossible(PlanExplanation explanation) {
    return explanation.requests().stream()
        .allMatch(part -> part.availability() == PlanExplanation.Availability.CANNOT);
  }

  private PlanExplanation pulled(TradeFlood flood) {
    return flood
        .plan(question.requests(flood, (from, words) -> from.requests().readOffline(words)))
        .explain();
  }

  private PlanExplanation watched(TradeFlood flood) {
    return flood
        .planWatch(
            question.requests(flood, (from, words) -> from.requests().readLiveOffline(words)))
        .explain();
  }
}
