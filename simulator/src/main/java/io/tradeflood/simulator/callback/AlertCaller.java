package io.tradeflood.simulator.callback;

import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.stream.Fates;
import io.tradeflood.simulator.stream.Sessions;
import io.tradeflood.simulator.wire.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Posts an alert as TradingView does whenever a candle closes: an answer within three seconds is
 * expected, who answers with 500 to 599 is called three times more, who fails otherwise is not.
 * Chaos drops, repeats and swaps alerts by the path {@code /tradingview/BTCUSDT}; a stall keeps
 * silent for a time.
 */
public final class AlertCaller implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MOST_SENDS = 4;

  private final AlertOptions options;
  private final Listing listing;
  private final Sessions sessions;
  private final Grid grid;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final LongAdder alerts = new LongAdder();
  private final LongAdder calls = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final Thread thread;
  private volatile boolean closed;
  private long silentUntil = Long.MIN_VALUE;
  private Optional<String> held = Optional.empty();

  private AlertCaller(AlertOptions options, Listing listing, Sessions sessions) {
    this.options = options;
    this.listing = listing;
    this.sessions = sessions;
    this.grid = Grid.every(options.minutes() * Grid.MINUTE);
    this.thread = Thread.ofVirtual().name("simulator-alerts").unstarted(this::run);
  }

  /** Starts to call, from the next candle that closes; it ends with the simulator. */
  public static AlertCaller start(AlertOptions options, Market market, Sessions sessions) {
    Listing listing = market.listing(options.venue(), options.symbol());
    AlertCaller caller = new AlertCaller(options, listing, sessions);
    caller.thread.start();
    return caller;
  }

  /** How many alerts there were, each counted once. */
  public long alerts() {
    return alerts.sum();
  }

  /** How often the target was called. */
  public long calls() {
    return calls.sum();
  }

  /** How many calls were answered with 200 to 299. */
  public long accepted() {
    return accepted.sum();
  }

  private void run() {
    long open = grid.floor(sessions.now());
    try {
      while (!closed && sessions.await(grid.next(open))) {
        long close = grid.next(open);
        tell(message(listing.bars().between(open, close, close), close));
        open = close;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(String message) throws InterruptedException {
    alerts.increment();
    if (sessions.real() < silentUntil) {
      return;
    }
    switch (sessions.fates().message("/tradingview/" + options.symbol())) {
      case Fates.Fate.Arrives(int times) -> {
        for (int i = 0; i < times; i++) {
          deliver(message);
        }
        if (times > 0 && held.isPresent()) {
          deliver(held.get());
          held = Optional.empty();
        }
      }
      case Fates.Fate.Reordered() -> {
        if (held.isPresent()) {
          deliver(held.get());
        }
        held = Optional.of(message);
      }
      case Fates.Fate.Stall(Duration time) -> silentUntil = sessions.real() + time.toMillis();
      case Fates.Fate.Cut() -> calls.increment();
    }
  }

  private void deliver(String message) throws InterruptedException {
    for (int sends = 1; sends <= MOST_SENDS && !closed; sends++) {
      int status = post(message);
      if (status >= 200 && status < 300) {
        accepted.increment();
      }
      if (status < 500) {
        return;
      }
      Thread.sleep(options.again());
    }
  }

  /** The status of the answer; 0 where there was none. */
  private int post(String message) throws InterruptedException {
    calls.increment();
    HttpRequest request =
        HttpRequest.newBuilder(options.target())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(message))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private String message(Bar bar, long close) {
    Instrument instrument = listing.instrument();
    boolean ofBinance = instrument.venue().name().startsWith("BINANCE");
    boolean perpetual = instrument.venue() != Venue.BINANCE_SPOT && ofBinance;
    Json json = new Json().beginObject().field("source", "tradingview");
    json.field("secret", options.secret());
    json.field("symbol", instrument.symbol() + (perpetual ? ".P" : ""));
    json.field("exchange", ofBinance ? "BINANCE" : "BITGET");
    json.field("interval", Integer.toString(options.minutes()));
    json.field("time", Instant.ofEpochMilli(bar.openTime()).toString());
    json.field("timenow", Instant.ofEpochMilli(close).truncatedTo(ChronoUnit.SECONDS).toString());
    json.name("open").number(bar.open(), instrument.priceScale());
    json.name("high").number(bar.high(), instrument.priceScale());
    json.name("low").number(bar.low(), instrument.priceScale());
    json.name("close").number(bar.close(), instrument.priceScale());
    json.name("volume").number(bar.volume(), instrument.sizeScale());
    return json.endObject().toString();
  }

  /** Ends the calls. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    client.shutdownNow();
  }
}
