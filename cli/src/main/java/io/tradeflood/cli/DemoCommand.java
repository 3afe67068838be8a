package io.tradeflood.cli;

import io.tradeflood.PlanRun;
import io.tradeflood.TradeFlood;
import io.tradeflood.Words;
import io.tradeflood.cli.output.Format;
import io.tradeflood.model.Candle;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows on this machine, without any network, what TradeFlood does. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows it at work on this machine, offline: plays exchanges, pulls from them, keeps pulling.")
final class DemoCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Terminal terminal;

  @Option(names = "--once", description = "End after the first round instead of keeping on.")
  boolean once;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
      var builder = TradeFlood.builder();
      simulator.hosts().forEach(builder::host);
      try (TradeFlood flood = builder.build()) {
        return run(flood, simulator).code();
      }
    }
  }

  private Exit run(TradeFlood flood, Simulator simulator) throws IOException {
    var exchanges =
        simulator.hosts().keySet().stream()
            .map(host -> host.substring(0, host.indexOf('.')))
            .distinct()
            .filter(exchange -> hasCandles(flood, exchange))
            .toList();
    say(
        "Played at %s on this machine, from a market made of a seed: %s."
            .formatted(simulator.baseUrl(), String.join(", ", exchanges)));
    Exit exit = Exit.WHOLE;
    for (String exchange : exchanges) {
      say("\nThe last hour of %s in 5-minute candles, by its REST API:".formatted(exchange));
      exit = worse(exit, pull(flood, exchange, "candle", Map.of("interval", "5m", "last", "1h")));
      say("\nThe newest trades, the order book, and the last 24 hours at a glance:");
      exit =
          worse(
              exit, pull(flood, exchange, "trade,book,ticker", Map.of("limit", "5", "depth", "5")));
    }
    if (exit != Exit.WHOLE) return exit;
    tellWhatElse(exchanges.getFirst(), simulator);
    if (!once) keepOn(flood, exchanges);
    return exit;
  }

  private static boolean hasCandles(TradeFlood flood, String exchange) {
    return flood.index().bindings().stream()
        .anyMatch(
            binding ->
                binding.exchange().equals(exchange)
                    && binding.modelType() == Candle.class
                    && !binding.isLive());
  }

  private static Exit worse(Exit one, Exit other) {
    return one.code() >= other.code() ? one : other;
  }

  private Exit pull(TradeFlood flood, String exchange, String models, Map<String, String> options)
      throws IOException {
    var words = new Words(exchange, List.of("BTC/USDT"), List.of(models.split(",", -1)), options);
    try (PlanRun run = flood.plan(flood.requests().readOffline(words)).run();
        var rows = Format.TABLE.to(terminal.out(), terminal.width())) {
      return new Pull(flood, terminal).write(run, rows);
    }
  }

  private void tellWhatElse(String exchange, Simulator simulator) throws IOException {
    var stats = simulator.stats();
    say(
        """

        All of it took %d requests. The same from the real exchange, and what it would take:
          tradeflood pull %s BTC/USDT candle --interval 5m --last 1h
          tradeflood plan %s BTC/USDT candle --interval 1m --last 365d
        And what happens from now on:
          tradeflood watch %s BTC/USDT trade,book"""
            .formatted(stats.requests(), exchange, exchange, exchange));
  }

  /** The newest candles again and again, until the program is stopped. */
  private void keepOn(TradeFlood flood, List<String> exchanges) throws IOException {
    say("\nThe newest candles every %d s, until Ctrl-C:".formatted(PAUSE.toSeconds()));
    try {
      while (true) {
        for (String exchange : exchanges)
          pull(flood, exchange, "candle", Map.of("interval", "1m", "limit", "3"));
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      // the program is being stopped, which is how this command ends
    }
  }

  private void say(String text) throws IOException {
    terminal.out().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    terminal.out().flush();
  }
}
