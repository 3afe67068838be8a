package io.tradeflood.proxy;

import java.util.Locale;

/**
 * What kind of request it is; by this a proxy scheme, and behind it Proxyter, chooses the way.
 *
 * @param exchange the exchange's id
 * @param endpoint the connector's method, such as {@code candles}
 */
public record RequestType(String exchange, String endpoint) {
  /**
   * The type in the letters that Proxyter knows, {@code a-z 0-9 _ - .}: {@code
   * binance.open-interest} for {@code binance.openInterest}.
   */
  public String label() {
    return label(toString());
  }

  static String label(String type) {
    return type.equals("*")
        ? type
        : type.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_.-]", "_");
  }

  @Override
  public String toString() {
    return exchange + "." + endpoint;
  }
}
