package io.tradeflood.cli;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is asked for of the past or the present: the words and options that pull and plan share. */
final class QuestionOptions {
  @Mixin SubjectOptions subject = new SubjectOptions();

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "From this moment on: 2025-01-01, 2025-01-01T12:00:00Z or milliseconds; UTC.")
  Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "T",
      description = "Up to before this moment (default: now).")
  Optional<String> to = Optional.empty();

  @Option(
      names = "--last",
      paramLabel = "7d",
      description = "The last so long, instead of --from and --to.")
  Optional<String> last = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many rows; the newest without --from.")
  Optional<String> limit = Optional.empty();

  /**
   * What was written, before anybody is asked what it means.
   *
   * @throws UsageException if there are too many words, or empty ones
   */
  void check() {
    subject.words(options());
  }

  /** See {@link SubjectOptions#requests}. */
  List<Request<?>> requests(
      TradeFlood flood, BiFunction<TradeFlood, Words, List<Request<?>>> read) {
    return subject.requests(flood, options(), read);
  }

  private Map<String, String> options() {
    var options = new LinkedHashMap<String, String>();
    from.ifPresent(value -> options.put("from", value));
    to.ifPresent(value -> options.put("to", value));
    last.ifPresent(value -> options.put("last", value));
    limit.ifPresent(value -> options.put("limit", value));
    return options;
  }
}
