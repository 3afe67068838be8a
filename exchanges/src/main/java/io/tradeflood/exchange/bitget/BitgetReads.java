package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.Payload;
import io.tradeflood.net.json.RowReader;
import io.tradeflood.turn.Failure;
import java.util.List;

/** What bindings and endpoints read alike. */
final class BitgetReads {
  /** The code by which the exchange says that it does not know a symbol. */
  private static final String UNKNOWN_SYMBOL = "40034";

  private BitgetReads() {}

  static <T> T first(byte[] body, RowReader<T> reader) {
    return Payload.of(body).at("data").rows(reader).stream()
        .findFirst()
        .orElseThrow(() -> new Failure.Unreadable("Expected a row in data, was an empty list"));
  }

  /** The ticker of an instrument, in an answer about it or about all. */
  static BitgetTicker named(String name, List<BitgetTicker> all) {
    return all.stream()
        .filter(row -> row.symbol().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure.Refused(
                    "bitget lists no instrument %s".formatted(name), UNKNOWN_SYMBOL, 0));
  }
}
