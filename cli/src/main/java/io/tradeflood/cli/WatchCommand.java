package io.tradeflood.cli;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.cli.output.Format;
import io.tradeflood.model.BookQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watches what happens and writes it as it comes. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Watches what happens, until it is stopped.",
    footerHeading = "%nExamples%n",
    footer = {
      "  tradeflood watch binance BTC/USDT trade,book",
      "  tradeflood watch bitget BTC/USDT:USDT,ETH/USDT:USDT candle --interval 1m --format ndjson",
      "  tradeflood watch binance BTC/USDT trade --duration 10m --record trades.tape",
      "  tradeflood watch binance BTC/USDT trade --replay trades.tape --speed max"
    })
final class WatchCommand implements Callable<Integer> {
  /** How many levels of a book are written unless somebody says otherwise. */
  private static final int DEPTH = 25;

  private final Terminal terminal;

  @Mixin SubjectOptions subject = new SubjectOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--duration",
      paramLabel = "10s",
      description = "Stop after so long: 500ms 10s 5m 2h (default: when it is stopped).")
  Optional<String> duration = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "Stop after so many rows.")
  Optional<Long> limit = Optional.empty();

  @Option(
      names = "--states",
      description =
          "Write what becomes of the feeds between the rows (ndjson, json) rather than on stderr.")
  boolean states;

  @Option(
      names = "--meta",
      description = "Write with each row when it reached us, and by which way (ndjson, json).")
  boolean meta;

  @Option(
      names = "--raw",
      description = "Write with each row the message that it came in (ndjson, json).")
  boolean raw;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Keep all that comes over the wire on a tape.")
  Optional<Path> record = Optional.empty();

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Take everything from a tape instead of the exchange.")
  Optional<Path> replay = Optional.empty();

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "How fast a tape is played: 1 as it was (default), 10, or max.")
  Optional<String> speed = Optional.empty();

  @Mixin SetupOptions setup = new SetupOptions();

  WatchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    subject.words(Map.of());
    check();
    var longest = duration.map(WatchCommand::length);
    try (var stopping = new Stopping();
        OutFile out = output.open(terminal);
        TradeFlood flood = setup.open(tape())) {
      var requests =
          subject.requests(flood, Map.of(), (from, words) -> from.requests().readLive(words));
      requests = requests.stream().<Request<?>>map(WatchCommand::shown).toList();
      Format format = output.format(terminal);
      if (format == Format.CSV && requests.size() > 1)
        throw new UsageException(
            "--format csv has one kind of row: expected one symbol and one model, were %d requests; use ndjson"
                .formatted(requests.size()));
      stopping.begin();
      Exit exit = watch(flood, requests, out, format, longest, stopping);
      out.finish(exit);
      return exit.code();
    }
  }

  private void check() {
    if (record.isPresent() && replay.isPresent())
      throw new UsageException("--record and --replay exclude each other: write one of them");
    if (speed.isPresent() && replay.isEmpty())
      throw new UsageException("--speed is how fast a tape is played: write --replay FILE too");
    if (replay.isPresent() && !Files.isReadable(replay.get()))
      throw new UsageException(
          "--replay %s: expected a tape that can be read, made by --record"
              .formatted(replay.get()));
    if (record.isPresent() && !Files.isDirectory(record.get().toAbsolutePath().resolveSibling("")))
      throw new UsageException(
          "--record %s: its folder does not exist: create it first".formatted(record.get()));
    if (limit.isPresent() && limit.get() < 1)
      throw new UsageException("--limit must be at least 1, was " + limit.get());
    var format = output.format(terminal);
    if ((states || meta || raw) && format != Format.NDJSON && format != Format.JSON)
      throw new UsageException(
          "%s is written with --format ndjson or json, not %s"
              .formatted(
                  states ? "--states" : meta ? "--meta" : "--raw",
                  format.name().toLowerCase(java.util.Locale.ROOT)));
  }

  private Map<String, String> tape() {
    var settings = new LinkedHashMap<String, String>();
    record.ifPresent(file -> settings.put("tape.record", file.toString()));
    replay.ifPresent(file -> settings.put("tape.replay", file.toString()));
    speed.ifPresent(factor -> settings.put("tape.speed", factor));
    return settings;
  }

  /** A whole book has thousands of levels. */
  private static <M> Request<M> shown(Request<M> request) {
    return request.query() instanceof BookQuery book && book.depth().isEmpty()
        ? new Request<>(
            request.exchange(),
            request.model(),
            new BookQuery(book.symbol(), OptionalInt.of(DEPTH)),
            request.tenant())
        : request;
  }

  private Exit watch(
      TradeFlood flood,
      List<Request<?>> requests,
      OutFile out,
      Format format,
      Optional<Duration> longest,
      Stopping stopping)
      throws IOException {
    boolean drawn = format == Format.TABLE && terminal.outIsTerminal() && output.file.isEmpty();
    var questions = requests.stream().map(one -> Question.of(one, flood.index())).toList();
    var view =
        format != Format.TABLE
            ? LiveRows.of(format.to(out.stream(), terminal.width()), states, meta, raw)
            : drawn
                ? LiveTable.drawn(out.stream(), terminal::size, System::nanoTime, questions)
                : LiveTable.written(out.stream(), terminal.width(), questions);
    var watching =
        new Watching(
            flood.index(),
            terminal,
            view,
            drawn || states,
            longest,
            limit.map(OptionalLong::of).orElse(OptionalLong.empty()),
            stopping::isStopped);
    try (view) {
      return watching.of(flood.planWatch(requests), raw);
    }
  }

  private static Duration length(String text) {
    if (text.matches("[1-9][0-9]{0,6}(ms|s|m|h)")) {
      long number = Long.parseLong(text.replaceAll("[a-z]+", ""));
      return switch (text.replaceAll("[0-9]+", "")) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
    throw new UsageException(
        "--duration must be a length such as 500ms, 10s, 5m or 2h, was \"%s\"".formatted(text));
  }
}
