package io.tradeflood.exchange.tradingview;

import io.tradeflood.net.json.Payload;
import io.tradeflood.net.json.UnexpectedJsonException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An alert, as it was posted. Of a message that is no JSON there is but the text: a quote in a name
 * or a missing number is enough for that.
 *
 * @param text the message
 * @param name what its author calls it
 * @param exchange such as {@code BINANCE}
 * @param symbol TradingView's name of the instrument, such as {@code BTCUSDT} or {@code BTCUSDT.P}
 * @param interval TradingView's word, such as {@code 1}, {@code 240} or {@code D}
 * @param time the start of the bar
 * @param fired when it was fired, in whole seconds
 * @param bar open, high, low, close and volume; empty if one of them is missing
 */
public record TradingviewAlert(
    String text,
    Optional<String> name,
    Optional<String> exchange,
    Optional<String> symbol,
    Optional<String> interval,
    Optional<Instant> time,
    Optional<Instant> fired,
    List<BigDecimal> bar) {

  public TradingviewAlert {
    bar = List.copyOf(bar);
  }

  static TradingviewAlert read(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      var message = Payload.of(body);
      return new TradingviewAlert(
          text,
          message.text("name"),
          message.text("exchange"),
          message.text("symbol"),
          message.text("interval"),
          message.text("time").flatMap(TradingviewAlert::instant),
          message.text("timenow").flatMap(TradingviewAlert::instant),
          bar(message));
    } catch (UnexpectedJsonException noJson) {
      return new TradingviewAlert(
          text,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }
  }

  /**
   * An alert for those who want bars.
   *
   * @throws IllegalArgumentException if it names an instrument and an interval, but no bar
   */
  static TradingviewAlert readForBars(byte[] body) {
    var alert = read(body);
    if (alert.symbol().isPresent() && alert.interval().isPresent() && alert.time().isEmpty())
      throw new IllegalArgumentException(
          "the time of an alert of %s is missing or not such as 2026-01-01T00:00:00Z, so it is no candle: write \"time\":\"{{time}}\" into its message"
              .formatted(alert.symbol().get()));
    return alert;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  private static List<BigDecimal> bar(Payload message) {
    var bar =
        Stream.of("open", "high", "low", "close", "volume")
            .flatMap(name -> message.text(name).flatMap(TradingviewAlert::number).stream())
            .toList();
    return bar.size() == 5 ? bar : List.of();
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /** What tells it from others; empty if it does not say of which bar it is. */
  Optional<String> key() {
    return time.flatMap(
        bar ->
            symbol.map(
                of -> String.join(" ", of, interval.orElse(""), bar.toString(), name.orElse(""))));
  }
}
