package io.tradeflood.simulator.callback;

import io.tradeflood.simulator.market.Venue;
import java.net.URI;
import java.time.Duration;

/**
 * What a caller of alerts is to do.
 *
 * @param target where to call
 * @param venue whose instrument it is about
 * @param symbol as the venue writes it
 * @param minutes the length of the candles; each is told when it closes
 * @param secret what the message has in its field {@code secret}
 * @param again how long to wait before calling again who answered with 500 to 599
 */
public record AlertOptions(
    URI target, Venue venue, String symbol, int minutes, String secret, Duration again) {
  public AlertOptions {
    if (minutes < 1 || minutes > 1440) {
      throw new IllegalArgumentException(
          "Candles of alerts are from 1 to 1440 minutes long, was " + minutes);
    }
  }

  /** About candles of a minute of Binance's spot market; calls again after five seconds. */
  public static AlertOptions of(URI target, String symbol, String secret) {
    return new AlertOptions(target, Venue.BINANCE_SPOT, symbol, 1, secret, Duration.ofSeconds(5));
  }

  public AlertOptions withAgain(Duration wait) {
    return new AlertOptions(target, venue, symbol, minutes, secret, wait);
  }
}
