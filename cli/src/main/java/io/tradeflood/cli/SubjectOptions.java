package io.tradeflood.cli;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.Words;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is asked about: the words and options that pull, plan and watch share. */
final class SubjectOptions {
  @Parameters(
      index = "0",
      paramLabel = "EXCHANGE",
      description = "Whom to ask, such as binance; \"tradeflood list exchanges\" shows all.")
  String exchange = "";

  @Parameters(
      index = "1..*",
      arity = "1..2",
      paramLabel = "SYMBOL[,..] MODEL[,..]",
      description = {
        "What about, as ccxt writes it: BTC/USDT (spot), BTC/USDT:USDT (perpetual); globs such as"
            + " '*/USDT' and the exchange's own names work too, but for plan, which asks nobody what"
            + " they mean. Left out, or -, for models that are not about one instrument.",
        "What: candle, trade, book, ticker, ...; \"tradeflood list models\" shows all."
      })
  List<String> words = List.of();

  @Option(
      names = "--interval",
      paramLabel = "1m",
      description = "The length of candles: 1m 5m 1h 1d ...")
  Optional<String> interval = Optional.empty();

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "So many levels of each side of a book.")
  Optional<String> depth = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any other component of the model's query; repeatable.")
  Map<String, String> others = Map.of();

  /**
   * The requests, each once, in the order of the words.
   *
   * @param more options beside these, by name
   * @param read how they are read, such as {@code Requests::read}
   * @throws UsageException if a word is unknown or cannot be read
   */
  List<Request<?>> requests(
      TradeFlood flood,
      Map<String, String> more,
      BiFunction<TradeFlood, Words, List<Request<?>>> read) {
    try {
      return List.copyOf(new LinkedHashSet<>(read.apply(flood, words(more))));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What was written, before anybody is asked what it means.
   *
   * @throws UsageException if there are too many words, or empty ones
   */
  Words words(Map<String, String> more) {
    if (words.size() > 2)
      throw new UsageException(
          "\"%s\" is one word too many: expected EXCHANGE SYMBOL[,..] MODEL[,..]"
              .formatted(words.get(2)));
    boolean withSymbols = words.size() == 2 && !words.getFirst().equals("-");
    var options = new LinkedHashMap<>(others);
    interval.ifPresent(value -> options.put("interval", value));
    options.putAll(more);
    depth.ifPresent(value -> options.put("depth", value));
    return new Words(
        exchange,
        withSymbols ? parts("SYMBOL", words.getFirst()) : List.of(),
        parts("MODEL", words.getLast()),
        options);
  }

  private static List<String> parts(String what, String text) {
    var parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (parts.contains(""))
      throw new UsageException(
          "%s \"%s\" has an empty part: expected names with a comma between".formatted(what, text));
    return parts;
  }
}
