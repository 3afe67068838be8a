package io.tradeflood.cli;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.cli.output.Format;
import io.tradeflood.cli.output.Heading;
import io.tradeflood.cli.output.RowOutput;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what there is. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows exchanges, models, bindings, or the symbols of an exchange.")
final class ListCommand {
  private final Terminal terminal;

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "exchanges",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "The exchanges, with the host names of their connectors and their addresses.")
  int exchanges(@Mixin Shape shape, @Mixin SetupOptions setup) throws IOException {
    try (TradeFlood flood = setup.open()) {
      return write(Listing.exchanges(flood.index()), Listing.ExchangeLine.class, shape);
    }
  }

  @Command(
      name = "models",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "The models, with their components and the exchanges that have them.")
  int models(@Mixin Shape shape, @Mixin SetupOptions setup) throws IOException {
    try (TradeFlood flood = setup.open()) {
      return write(Listing.models(flood.index()), Listing.ModelLine.class, shape);
    }
  }

  @Command(
      name = "bindings",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "The bindings: which model comes from which connector, and by whom.")
  int bindings(
      @Mixin Shape shape,
      @Option(
              names = "--matrix",
              description = "As docs/capabilities.md has it: exchange by model, in Markdown.")
          boolean matrix,
      @Mixin SetupOptions setup)
      throws IOException {
    try (TradeFlood flood = setup.open()) {
      if (!matrix) return write(Listing.bindings(flood.index()), Listing.BindingLine.class, shape);
      terminal.out().write(CapabilityMatrix.of(flood.index()).getBytes(StandardCharsets.UTF_8));
      terminal.out().flush();
      return Exit.WHOLE.code();
    }
  }

  @Command(
      name = "symbols",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "The instruments of an exchange; asks the exchange.")
  int symbols(
      @Parameters(paramLabel = "EXCHANGE", description = "Whose instruments.") String exchange,
      @Mixin Shape shape,
      @Mixin SetupOptions setup)
      throws IOException {
    try (TradeFlood flood = setup.open()) {
      if (!flood.index().exchanges().contains(exchange))
        throw new UsageException(
            "Exchange \"%s\" is unknown: expected one of %s"
                .formatted(exchange, String.join(" ", flood.index().exchanges())));
      var plan = flood.plan(List.of(Request.of(exchange, Instrument.class, new CatalogQuery())));
      try (var run = plan.run();
          var rows = rows(shape)) {
        return new Pull(flood, terminal).write(run, rows).code();
      }
    }
  }

  private <R extends Record> int write(List<R> lines, Class<R> record, Shape shape)
      throws IOException {
    try (var rows = rows(shape)) {
      rows.begin(Heading.plain("", record));
      rows.rows(lines);
    }
    return Exit.WHOLE.code();
  }

  private RowOutput rows(Shape shape) {
    return shape.format.to(terminal.out(), terminal.width());
  }

  /** How a list is written: for people unless somebody says otherwise. */
  static final class Shape {
    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "table",
        description = "table (default), ndjson, json or csv.")
    Format format = Format.TABLE;
  }
}
