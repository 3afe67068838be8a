package io.tradeflood.cli;

import io.tradeflood.model.TimeRange;
import io.tradeflood.simulator.Chaos;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.simulator.limit.LimitOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays exchanges on this machine until it is stopped. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Plays exchanges on this machine, from a market made of a seed, until Ctrl-C.",
    footerHeading = "%nChaos%n",
    footer = {
      "  A rule is fault[=value][@when][/path]: latency=50ms, latency=50ms+20ms, error=503@0.1,",
      "  error=400:-1121/api/v3, truncate@every7, brokenjson, emptylist, slow=2000, reset,"
          + " mute=30s,",
      "  garbage, oldsnapshot=5s. Of streams: drop, repeat, reorder, stall=30s, cut, refuse,",
      "  disconnect=5s+3s, lifetime=60s, wrongchecksum; their paths are like"
          + " /binance/spot/btcusdt@trade,",
      "  /binance/usdm/btcusdt@depth@100ms, /bitget/SPOT/books/BTCUSDT. When: @0.1, @every7,"
          + " @every5s.",
      "  Without @when it happens each time, without /path everywhere."
    })
final class SimulateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9100",
      description = "Where to listen (default 9100; 0 takes any free port).")
  int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen at (default 127.0.0.1); any other lets others in.")
  String address = "127.0.0.1";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Equal seeds give equal markets (default 1).")
  long seed;

  @Option(
      names = "--now",
      paramLabel = "T",
      description = "Where the market's clock starts (default: the present).")
  Optional<String> now = Optional.empty();

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "So many times faster than real time the market's clock goes (default 1); limits keep to"
              + " real time.")
  double speed = 1;

  @Option(
      names = "--coins",
      paramLabel = "N",
      defaultValue = "0",
      description = "So many coins more are traded: COIN1USDT, COIN2USDT and so on (default 0).")
  int coins;

  @Option(names = "--latency", paramLabel = "50ms", description = "Every answer waits so long.")
  Optional<String> latency = Optional.empty();

  @Option(
      names = "--chaos",
      paramLabel = "RULE",
      description = "What goes wrong, see below; repeatable.")
  List<String> chaos = List.of();

  @Option(
      names = "--limits",
      paramLabel = "real|off|FACTOR",
      defaultValue = "real",
      description = "The exchanges' own limits (default), none, or so many times the real ones.")
  String limits = "real";

  SimulateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    var options = options();
    try (Simulator simulator = start(options)) {
      print(simulator);
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      // the program is being stopped, which is how this command ends
    }
    return Exit.WHOLE.code();
  }

  private Simulator start(SimulatorOptions options) {
    try {
      return Simulator.start(options);
    } catch (UncheckedIOException e) {
      throw new UsageException(
          "cannot listen at %s:%d: expected an address of this machine and a free port: try --port 0"
              .formatted(address, port),
          e);
    }
  }

  private SimulatorOptions options() {
    try {
      String rules =
          String.join(" ", latency.map("latency="::concat).orElse(""), String.join(" ", chaos));
      var options =
          SimulatorOptions.defaults()
              .withHost(address)
              .withPort(port)
              .withSeed(seed)
              .withCoins(coins)
              .withLimits(limits())
              .withChaos(Chaos.parse(rules).withSeed(seed));
      return now.map(TimeRange::moment).map(options::startingAt).orElse(options).withSpeed(speed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private LimitOptions limits() {
    if (limits.equals("real")) return LimitOptions.REAL;
    if (limits.equals("off")) return LimitOptions.OFF;
    if (limits.matches("[0-9]{1,6}(\\.[0-9]{1,6})?"))
      return LimitOptions.REAL.scaled(Double.parseDouble(limits));
    throw new UsageException(
        "--limits %s: expected real, off, or a factor such as 0.5".formatted(limits));
  }

  private void print(Simulator simulator) throws IOException {
    var text = new StringBuilder();
    text.append(
        "Simulated exchanges at %s (seed %d). Add to other commands:\n"
            .formatted(simulator.baseUrl(), seed));
    simulator.hosts().forEach((name, url) -> text.append("  --host %s=%s\n".formatted(name, url)));
    text.append("Ctrl-C stops it.\n");
    terminal.out().write(text.toString().getBytes(StandardCharsets.UTF_8));
    terminal.out().flush();
  }
}
