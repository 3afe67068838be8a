package io.tradeflood.proxy;

/**
 * What kind of request it is; by this a proxy scheme, and behind it Proxyter, chooses the way.
 *
 * @param exchange the exchange's id
 * @param endpoint the connector's method, such as {@code candles}
 */
public record RequestType(String exchange, String endpoint) {
  @Override
  public String toString() {
    return exchange + "." + endpoint;
  }
}
