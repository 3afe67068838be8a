package io.tradeflood.cli;

import io.tradeflood.cli.output.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which rows are written. */
final class OutputOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table, ndjson, json or csv (default: what the name of --out ends with; table on a terminal,"
              + " else ndjson). With several models a pull writes the rows of one request after the"
              + " other, csv has a header for each model with a blank line before it, and json is one"
              + " array; a watch writes rows as they come, as csv of one request only.")
  Optional<Format> format = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file; its name ends with \".partial\" until all is there.")
  Optional<Path> file = Optional.empty();

  /** The format that was chosen, or the one that suits who reads. */
  Format format(Terminal terminal) {
    if (file.isEmpty())
      return format.orElse(terminal.outIsTerminal() ? Format.TABLE : Format.NDJSON);
    String name = file.get().toString().toLowerCase(Locale.ROOT);
    return format.orElseGet(
        () ->
            Arrays.stream(Format.values())
                .filter(f -> name.endsWith("." + f))
                .findFirst()
                .orElse(Format.NDJSON));
  }

  /**
   * Opens the output.
   *
   * @throws UsageException if the file cannot be written where it shall stand
   */
  OutFile open(Terminal terminal) {
    if (file.isEmpty()) return OutFile.standard(terminal);
    Path target = file.get().toAbsolutePath();
    if (Files.isDirectory(target))
      throw new UsageException("--out %s: expected a file, found a folder".formatted(file.get()));
    if (!Files.isDirectory(target.resolveSibling("")))
      throw new UsageException(
          "--out %s: its folder does not exist: create it first".formatted(file.get()));
    return OutFile.at(target, terminal);
  }
}
