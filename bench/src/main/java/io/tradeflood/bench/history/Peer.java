package io.tradeflood.bench.history;

import io.tradeflood.bench.BenchOptions;
import io.tradeflood.bench.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Other clients, each as its users use it. */
enum Peer {
  /** {@code fetchOHLCV} from where the last page ended. */
  CCXT_LOOP("ccxt's loop"),

  /** {@code fetchOHLCV} with {@code paginate}: all pages at once, in the pace of its limiter. */
  CCXT_PAGINATE("ccxt's paginate"),

  /** {@code klines} from where the last page ended. */
  XCHANGE("xchange's loop");

  private final String words;

  Peer(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Whether it asks for a page when it has the one before, and hence waits nearly all the time. */
  boolean isLoop() {
    return this != CCXT_PAGINATE;
  }

  /** Those that can read there: XChange reads spot alone and not Bitget. */
  static List<Peer> of(Venue venue, BenchOptions options) {
    var all = new ArrayList<Peer>();
    if (options.peers().isPresent()) all.addAll(List.of(CCXT_LOOP, CCXT_PAGINATE));
    if (venue == Venue.BINANCE_SPOT) all.add(XCHANGE);
    return all;
  }

  Reading read(SimulatedExchanges exchanges, Venue venue, Span span, BenchOptions options)
      throws IOException, InterruptedException {
    String base = exchanges.baseUrl().toString();
    String from = span.from().toString();
    String to = span.to().toString();
    if (this == XCHANGE)
      return Reading.of(exchanges, () -> Child.java(XchangeChild.class, List.of(base, from, to)));
    Path folder = options.peers().orElseThrow();
    var arguments =
        List.of(
            base,
            venue.exchange(),
            venue.symbols().getFirst(),
            from,
            to,
            Integer.toString(venue.longestPage()),
            name().substring("CCXT_".length()).toLowerCase(Locale.ROOT));
    return Reading.of(
        exchanges, () -> Child.node(folder, HistoryBench.class, "ccxt.mjs", arguments));
  }
}
