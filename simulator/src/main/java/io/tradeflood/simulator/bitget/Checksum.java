package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.wire.Json;
import java.util.zip.CRC32;

/** The CRC-32 of the best levels, bids and asks by turns, as the strings in which they are told. */
final class Checksum {
  static final int LEVELS = 25;

  private final Instrument instrument;
  private final Json text = new Json(2048);
  private final CRC32 crc = new CRC32();

  Checksum(Instrument instrument) {
    this.instrument = instrument;
  }

  int of(OrderBook book) {
    text.clear();
    for (int i = 0; i < LEVELS; i++) {
      level(book.bids(), i);
      level(book.asks(), i);
    }
    crc.reset();
    crc.update(text.array(), 0, text.length());
    return (int) crc.getValue();
  }

  private void level(OrderBook.Side side, int i) {
    if (i < side.depth()) {
      if (text.length() > 0) {
        text.plain(':');
      }
      text.plain(side.price(i), instrument.priceScale()).plain(':');
      text.plain(side.size(i), instrument.sizeScale());
    }
  }
}
