package io.tradeflood.exchange;

import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.history.Page;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Row;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.SymbolQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a recorded payload is asked for.
 *
 * @param input the payload, relative to the exchange's folder
 * @param path where it is served
 * @param ask what asks for it, and gives what was read in the words of the expectations
 */
public record Probe(String input, String path, Ask ask) {
  /** Asks by the wired library. */
  @FunctionalInterface
  public interface Ask {
    List<Map<String, Object>> by(Wiring wiring) throws Exception;
  }

  /** What an endpoint gives, translated. */
  public static <C extends Connector, R> Probe endpoint(
      String input,
      String path,
      Class<C> connector,
      Function<C, Turn<List<R>>> call,
      Function<R, Map<String, Object>> said) {
    return new Probe(
        input,
        path,
        wiring -> wiring.run(call.apply(wiring.connector(connector))).stream().map(said).toList());
  }

  /** The present value that a binding gives. */
  public static <C extends Connector, Q extends SymbolQuery, M> Probe now(
      String input,
      String path,
      Class<? extends SnapshotBinding<C, Q, M>> binding,
      Class<C> connector,
      Q query) {
    return new Probe(
        input,
        path,
        wiring ->
            List.of(
                Said.of(
                    wiring.run(wiring.binding(binding).plan(wiring.connector(connector), query)))));
  }

  /** The page of bars that a binding gives. */
  public static <C extends Connector, M extends Row> Probe bars(
      String input,
      String path,
      Class<? extends HistoryBinding<C, CandleQuery, M>> binding,
      Class<C> connector,
      Symbol symbol,
      Interval interval,
      long first,
      int count,
      boolean recent) {
    Instant start = Instant.ofEpochMilli(first);
    var range = new TimeRange(start, interval.plus(start, count));
    var query = new CandleQuery(symbol, interval, range);
    return new Probe(
        input,
        path,
        wiring -> {
          var plan = wiring.binding(binding);
          var pages = plan.pages(query);
          var page = new Page(range, count, pages.ends(), recent);
          return wiring.run(plan.plan(wiring.connector(connector), query, page)).stream()
              .map(Said::of)
              .toList();
        });
  }
}
