package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Payload;
import io.tradeflood.net.json.RowReader;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Shapes of answers that several endpoints share. */
final class BinanceReads {
  private static final String UNKNOWN_SYMBOL = "-1121";

  private BinanceReads() {}

  static Instant instant(JsonScanner value) {
    return value.readInstant();
  }

  /** Of one instrument some markets give an object, others a list with one object in it. */
  static <T> List<T> oneOrMore(byte[] body, RowReader<T> reader) {
    return JsonScanner.of(body).peek() == JsonScanner.Kind.ARRAY
        ? Payload.of(body).rows(reader)
        : List.of(Payload.of(body).read(reader));
  }

  /** The one row of an answer that is an object or a list with one object in it. */
  static <T> T one(byte[] body, RowReader<T> reader) {
    return oneOrMore(body, reader).stream()
        .findFirst()
        .orElseThrow(
            () -> new Failure.Unreadable("Expected a list of one instrument, was an empty list"));
  }

  /** The row of an instrument in an answer about all. */
  static <T> T named(String name, List<T> all, Function<T, String> nameOf) {
    return all.stream()
        .filter(row -> nameOf.apply(row).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure.Refused(
                    "binance lists no instrument %s".formatted(name), UNKNOWN_SYMBOL, 0));
  }

  /** Mark price, index price and funding rate; of all instruments where many are asked for. */
  static Turn<BinancePremium> premium(BinanceContractRest binance, String name) {
    return binance
        .premiumIndex(name)
        .orFrom(binance.premiumIndexes(), all -> all)
        .map(rows -> named(name, rows, BinancePremium::symbol));
  }
}
