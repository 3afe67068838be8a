package io.tradeflood.index;

import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Mode;
import java.util.List;

/**
 * A connector in the index.
 *
 * @param exchange the exchange's id, such as {@code binance}
 * @param name its name within the exchange, such as {@code spot-rest}; one that replaces another
 *     keeps the other's name
 * @param mode how it talks
 * @param address the exchange's own address, as the connector declares it; empty where it declares
 *     none
 * @param type the interface that is used
 * @param jar the file or folder that it came from, without the way to it
 * @param replaces whom it replaces, nearest first
 */
public record ConnectorEntry(
    String exchange,
    String name,
    Mode mode,
    String address,
    Class<? extends Connector> type,
    String jar,
    List<Class<?>> replaces) {
  public ConnectorEntry {
    replaces = List.copyOf(replaces);
  }

  /** By this name its host is overridden: {@code binance.spot-rest}. */
  public String hostName() {
    return exchange + "." + name;
  }
}
