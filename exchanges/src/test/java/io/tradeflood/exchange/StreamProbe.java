package io.tradeflood.exchange;

import io.tradeflood.binding.BookBinding;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedState;
import io.tradeflood.model.Query;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.stream.StreamConnector;
import io.tradeflood.turn.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a recorded message of a stream is watched for.
 *
 * @param input the payload, relative to the exchange's folder
 * @param watch what subscribes to its channel
 */
public record StreamProbe(String input, Watch watch) {
  /** Subscribes by the wired library. */
  @FunctionalInterface
  public interface Watch {
    /**
     * Subscribes.
     *
     * @return who is told, in the words of the expectations; filled as messages come
     */
    Watched by(Wiring wiring) throws Exception;
  }

  /**
   * What has been told so far.
   *
   * @param said the rows, in the words of the expectations
   * @param states what became of the feed; of a book's changes none
   */
  public record Watched(Said said, List<FeedState> states) {
    /** Asks for what was told so far. */
    @FunctionalInterface
    public interface Said {
      List<Map<String, Object>> soFar();
    }
  }

  /** What a binding tells. */
  public static <C extends StreamConnector, Q extends Query, M> StreamProbe live(
      String input, Class<? extends LiveBinding<C, Q, M>> binding, Class<C> connector, Q query) {
    return new StreamProbe(
        input,
        wiring -> {
          C stream = wiring.connector(connector);
          return watched(
              wiring.begin(wiring.binding(binding).plan(stream, query)),
              io.tradeflood.exchange.Said::of);
        });
  }

  /** What an endpoint tells, translated. */
  public static <C extends StreamConnector, R> StreamProbe endpoint(
      String input,
      Class<C> connector,
      Function<C, Turn<Feed<R>>> call,
      Function<R, Map<String, Object>> said) {
    return new StreamProbe(
        input,
        wiring -> {
          C stream = wiring.connector(connector);
          return watched(wiring.begin(call.apply(stream)), said);
        });
  }

  private static <M> Watched watched(Feed<M> feed, Function<? super M, Map<String, Object>> said)
      throws InterruptedException {
    var told = Told.of(feed).connected();
    return new Watched(() -> told.rows().stream().map(said).toList(), told.states());
  }

  /** The changes of a book that a binding keeps. */
  public static <C extends StreamConnector> StreamProbe book(
      String input, Class<? extends BookBinding<C>> binding, Class<C> connector, Symbol symbol) {
    return new StreamProbe(
        input,
        wiring -> {
          C stream = wiring.connector(connector);
          var told = Told.of(wiring.begin(wiring.binding(binding).changes(stream, symbol)));
          return new Watched(() -> told.stream().map(StreamProbe::said).toList(), List.of());
        });
  }

  /** Several probes of one message, their fields together. */
  public static StreamProbe merged(StreamProbe... probes) {
    return new StreamProbe(
        probes[0].input(),
        wiring -> {
          var all = new ArrayList<Watched>();
          for (var probe : probes) all.add(probe.watch().by(wiring));
          return new Watched(
              () -> {
                var fields = new LinkedHashMap<String, Object>();
                for (var one : all) one.said().soFar().forEach(fields::putAll);
                return List.of(fields);
              },
              all.getFirst().states());
        });
  }

  private static Map<String, Object> said(BookUpdate update) {
    var said = new LinkedHashMap<String, Object>();
    var bids = new ArrayList<List<BigDecimal>>();
    var asks = new ArrayList<List<BigDecimal>>();
    for (int i = 0; i < update.size(); i++)
      (update.isBid(i) ? bids : asks)
          .add(
              List.of(
                  BigDecimal.valueOf(update.price(i), update.priceScale(i)),
                  BigDecimal.valueOf(update.size(i), update.sizeScale(i))));
    said.put("bids", bids);
    said.put("asks", asks);
    said.put("bids_contain", bids);
    said.put("asks_contain", asks);
    said.put("bidCount", BigDecimal.valueOf(bids.size()));
    said.put("askCount", BigDecimal.valueOf(asks.size()));
    said.put("ts", BigDecimal.valueOf(update.time()));
    said.put("firstSeq", Long.toString(update.first()));
    said.put("seq", Long.toString(update.last()));
    said.put("prevSeq", Long.toString(update.previous()));
    return said;
  }
}
