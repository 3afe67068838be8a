package io.tradeflood.connector;

import java.net.URI;
import java.util.Optional;

/**
 * Where a connector stands.
 *
 * @param exchange the exchange's id
 * @param name the connector's name within the exchange, such as {@code spot-rest}: of {@code
 *     BinanceSpotRest} what is left without the exchange's name
 * @param tenant whose credentials it carries; empty for none
 * @param host the address to use instead of the exchange's own, if somebody set one
 * @param settings what users set for it, such as keys
 * @param services what the library's other modules supply, by type
 */
public record ConnectorContext(
    String exchange,
    String name,
    String tenant,
    Optional<URI> host,
    Settings settings,
    Services services) {

  /** By this name the host is overridden and the connector listed: {@code binance.spot-rest}. */
  public String hostName() {
    return exchange + "." + name;
  }

  /** What users set for a connector, by name. */
  @FunctionalInterface
  public interface Settings {
    /** The value; empty if nobody set it. */
    Optional<String> get(String name);
  }

  /** What other modules supply to connectors, by type: the transport of REST, of streams. */
  @FunctionalInterface
  public interface Services {
    /**
     * The service.
     *
     * @throws IllegalStateException if no module supplies it; the message names the missing one
     */
    <S> S get(Class<S> type);
  }
}
