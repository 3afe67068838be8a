package io.tradeflood.exchange.bitget;

import io.tradeflood.live.BookUpdate;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;

/** Reads {@code books}, without making anything of it. */
final class BitgetBookUpdate {
  private static final Name ASKS = Name.of("asks");
  private static final Name BIDS = Name.of("bids");
  private static final Name CHECKSUM = Name.of("checksum");
  private static final Name SEQ = Name.of("seq");
  private static final Name TS = Name.of("ts");

  private BitgetBookUpdate() {}

  /** A list of one. A checksum of 0 is none: where the exchange does not sum up, it says 0. */
  static void read(JsonScanner data, boolean snapshot, BookUpdate into) {
    into.begin(snapshot);
    if (!data.nextRow()) return;
    data.field(ASKS).readLevels(false, into);
    data.field(BIDS).readLevels(true, into);
    int checksum = data.find(CHECKSUM) ? (int) data.readLong() : 0;
    if (checksum != 0) into.checksum(checksum);
    if (data.find(SEQ)) {
      long seq = data.readLong();
      into.sequence(seq, seq);
    }
    into.time(data.field(TS).readLong());
  }
}
