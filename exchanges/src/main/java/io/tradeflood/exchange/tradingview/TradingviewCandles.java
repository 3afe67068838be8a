package io.tradeflood.exchange.tradingview;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Candles of alerts whose message is the one that {@link TradingviewCallback} shows. One is closed
 * if the alert was fired after its end. If alerts of several exchanges are posted, the setting
 * {@code exchange} chooses one, such as {@code BINANCE}.
 */
public interface TradingviewCandles extends LiveBinding<TradingviewCallback, BarQuery, Candle> {
  /** TradingView's words, of which some have two. */
  Map<Interval, Set<String>> WORDS =
      Map.ofEntries(
          Map.entry(Interval.S1, Set.of("1S")),
          Map.entry(Interval.M1, Set.of("1")),
          Map.entry(Interval.M3, Set.of("3")),
          Map.entry(Interval.M5, Set.of("5")),
          Map.entry(Interval.M15, Set.of("15")),
          Map.entry(Interval.M30, Set.of("30")),
          Map.entry(Interval.H1, Set.of("60")),
          Map.entry(Interval.H2, Set.of("120")),
          Map.entry(Interval.H4, Set.of("240")),
          Map.entry(Interval.D1, Set.of("D", "1D")),
          Map.entry(Interval.W1, Set.of("W", "1W")),
          Map.entry(Interval.MONTH1, Set.of("M", "1M")));

  @Override
  default Availability availability(TradingviewCallback tradingview, BarQuery query, Instant now) {
    return tradingview
        .lack()
        .map(Availability::cannot)
        .orElseGet(
            () ->
                Availability.ofInterval(query.interval(), WORDS.keySet(), "tradingview's alerts"));
  }

  @Override
  default Turn<Feed<Candle>> plan(TradingviewCallback tradingview, BarQuery query) {
    Optional<String> market = tradingview.context().settings().get("exchange");
    return tradingview
        .bars()
        .map(alerts -> alerts.flatMap(alert -> candle(alert, query, market).stream().toList()));
  }

  /** An alert tells of a bar once, and alerts may overtake one another. */
  @Override
  default Continuity continuity() {
    return Continuity.EVERY;
  }

  /** A bar without an alert is missing: it was not posted, or nothing traded in it. */
  @Override
  default OptionalLong numberOf(Candle candle) {
    return OptionalLong.of(candle.interval().index(candle.time()));
  }

  private static Optional<Candle> candle(
      TradingviewAlert alert, BarQuery query, Optional<String> market) {
    boolean wanted =
        alert.symbol().filter(nameOf(query.symbol())::equals).isPresent()
            && alert.interval().filter(words(query.interval())::contains).isPresent()
            && (market.isEmpty() || market.equals(alert.exchange()));
    return wanted && !alert.bar().isEmpty()
        ? alert.time().map(start -> candle(start, alert, query.interval()))
        : Optional.empty();
  }

  private static Candle candle(Instant start, TradingviewAlert alert, Interval interval) {
    var bar = alert.bar();
    return new Candle(
        interval,
        start,
        bar.get(0),
        bar.get(1),
        bar.get(2),
        bar.get(3),
        bar.get(4),
        Optional.empty(),
        OptionalLong.empty(),
        alert.fired().filter(fired -> !fired.isBefore(interval.next(start))).isPresent(),
        "callback");
  }

  private static Set<String> words(Interval interval) {
    return WORDS.getOrDefault(interval, Set.of());
  }

  /** {@code BTCUSDT}, of a perpetual {@code BTCUSDT.P}. */
  private static String nameOf(Symbol symbol) {
    return symbol.join("") + (symbol.isSwap() ? ".P" : "");
  }
}
