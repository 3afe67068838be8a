package io.tradeflood.simulator.oanda;

import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.stream.Fates;
import io.tradeflood.simulator.stream.Sessions;
import io.tradeflood.simulator.wire.Delivery;
import io.tradeflood.simulator.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The endless answer: a line for each price that is other than the last one told, looked at every
 * {@value #WINDOW} ms, and a heartbeat every five seconds.
 */
final class Prices implements Delivery.Protocol {
  private static final long WINDOW = 250;
  private static final long HEARTBEAT = 5000;
  private static final int LEVELS = 3;
  private static final long LIQUIDITY = 1000;
  private static final String PATH = "/oanda/";
  private static final DateTimeFormatter NANOSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Sessions sessions;
  private final List<Listing> listings;
  private final boolean unix;
  private final boolean snapshot;
  private final Map<Listing, OrderBook> told = new HashMap<>();
  private long now;
  private long silentUntil = Long.MIN_VALUE;
  private Optional<byte[]> held = Optional.empty();

  Prices(Sessions sessions, List<Listing> listings, boolean unix, boolean snapshot, long now) {
    this.sessions = sessions;
    this.listings = listings;
    this.unix = unix;
    this.snapshot = snapshot;
    this.now = now;
  }

  @Override
  public void speak(InputStream in, OutputStream out) throws IOException {
    long dropAt =
        sessions
            .fates()
            .disconnect(PATH)
            .map(time -> sessions.real() + time.toMillis())
            .orElse(Long.MAX_VALUE);
    boolean open = tell(out, !snapshot);
    while (open && sessions.await(now / WINDOW * WINDOW + WINDOW)) {
      if (sessions.real() >= dropAt) {
        sessions.fates().disconnected();
        out.close();
        return;
      }
      now = now / WINDOW * WINDOW + WINDOW;
      open = tell(out, false);
      if (open && now % HEARTBEAT == 0) {
        Json json = new Json().beginObject().field("type", "HEARTBEAT");
        out.write(line(json.field("time", time(now, unix)).endObject()));
      }
    }
  }

  /** Tells what changed, or only looks at it; whether the connection is still open. */
  private boolean tell(OutputStream out, boolean silently) throws IOException {
    for (Listing listing : listings) {
      OrderBook book = listing.books().at(now, LEVELS);
      OrderBook before = told.put(listing, book);
      boolean same =
          before != null && before.bids().equals(book.bids()) && before.asks().equals(book.asks());
      if (!same && !silently && !send(listing, out)) {
        return false;
      }
    }
    return true;
  }

  private boolean send(Listing listing, OutputStream out) throws IOException {
    if (sessions.real() < silentUntil) {
      return true;
    }
    Json json = new Json();
    write(json, listing, now, unix);
    byte[] line = line(json);
    switch (sessions.fates().message(PATH + listing.instrument().symbol())) {
      case Fates.Fate.Arrives(int times) -> {
        for (int i = 0; i < times; i++) {
          out.write(line);
        }
        if (times > 0 && held.isPresent()) {
          out.write(held.get());
          held = Optional.empty();
        }
      }
      case Fates.Fate.Reordered() -> held = Optional.of(line);
      case Fates.Fate.Stall(Duration time) -> silentUntil = sessions.real() + time.toMillis();
      case Fates.Fate.Cut() -> {
        out.write(line, 0, line.length / 2);
        out.close();
        return false;
      }
    }
    return true;
  }

  private static byte[] line(Json json) {
    byte[] bytes = json.toBytes();
    byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
    line[bytes.length] = '\n';
    return line;
  }

  static String time(long millis, boolean unix) {
    return unix
        ? "%d.%03d000000".formatted(millis / 1000, millis % 1000)
        : NANOSECONDS.format(Instant.ofEpochMilli(millis));
  }

  static void write(Json json, Listing listing, long now, boolean unix) {
    Instrument instrument = listing.instrument();
    OrderBook book = listing.books().at(now, LEVELS);
    json.beginObject().field("type", "PRICE").field("time", time(now, unix));
    side(json.name("bids"), instrument, book.bids());
    side(json.name("asks"), instrument, book.asks());
    last(json.name("closeoutBid"), instrument, book.bids());
    last(json.name("closeoutAsk"), instrument, book.asks());
    json.field("status", book.isEmpty() ? "non-tradeable" : "tradeable");
    json.field("tradeable", !book.isEmpty()).field("instrument", instrument.symbol());
    json.endObject();
  }

  private static void side(Json json, Instrument instrument, OrderBook.Side side) {
    json.beginArray();
    for (int i = 0; i < side.depth(); i++) {
      json.beginObject().name("price");
      json.text(side.price(i), instrument.priceScale(), instrument.priceScale());
      json.field("liquidity", side.size(i) * LIQUIDITY).endObject();
    }
    json.endArray();
  }

  private static void last(Json json, Instrument instrument, OrderBook.Side side) {
    long price = side.depth() == 0 ? 0 : side.price(side.depth() - 1);
    json.text(price, instrument.priceScale(), instrument.priceScale());
  }
}
