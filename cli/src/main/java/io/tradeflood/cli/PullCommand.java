package io.tradeflood.cli;

import io.tradeflood.Plan;
import io.tradeflood.PlanRun;
import io.tradeflood.TradeFlood;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fetches a history or the present value and writes its rows. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Fetches history or the present value.",
    footerHeading = "%nExamples%n",
    footer = {
      "  tradeflood pull binance BTC/USDT candle --interval 1m --from 2025-01-01 --to 2025-01-08",
      "  tradeflood pull bitget BTC/USDT:USDT,ETH/USDT:USDT ticker,markPrice --format csv",
      "  tradeflood pull binance instrument --format ndjson --out instruments.ndjson",
      "  tradeflood pull binance serverTime"
    })
final class PullCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin QuestionOptions question = new QuestionOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Mixin SetupOptions setup = new SetupOptions();

  @Option(
      names = "--analyze",
      arity = "0..1",
      preprocessor = OnlyAttached.class,
      paramLabel = "FORMAT",
      description =
          "Tell on stderr what was done, beside what was planned, as text or as a line of json:"
              + " --analyze, --analyze=json.")
  Optional<Style> analyze = Optional.empty();

  PullCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    question.check();
    try (OutFile out = output.open(terminal);
        TradeFlood flood = setup.open()) {
      Plan plan =
          flood.plan(question.requests(flood, (from, words) -> from.requests().read(words)));
      try (PlanRun run = plan.run()) {
        Exit exit = pull(flood, run, out);
        analyze.ifPresent(style -> terminal.say(style.write(run.analyze()).stripTrailing()));
        out.finish(exit);
        return exit.code();
      }
    }
  }

  private Exit pull(TradeFlood flood, PlanRun run, OutFile out) throws IOException {
    boolean watched =
        terminal.errIsTerminal() && !(terminal.outIsTerminal() && output.file.isEmpty());
    var pull = new Pull(flood, terminal);
    try (var _ = watched ? ProgressLine.of(run, terminal) : ProgressLine.none();
        var rows = output.format(terminal).to(out.stream(), terminal.width())) {
      return pull.write(run, rows);
    }
  }
}
