package io.tradeflood.connector;

import io.tradeflood.proxy.ProxyScheme;
import java.time.InstantSource;

/**
 * Where a service stands: what the application chose when it built its TradeFlood. Which connector
 * a call belongs to, and whose credentials it carries, stands in the connector's own {@link
 * ConnectorContext}.
 *
 * @param proxyScheme which way requests take, by their type
 * @param clock this machine's clock; the only one to be read
 * @param settings what users set for the services, by name, such as {@code net.timeout}; the same
 *     words for every exchange
 * @param services the others, by type, for what several share; never the one that is being made
 */
public record ServiceContext(
    ProxyScheme proxyScheme,
    InstantSource clock,
    ConnectorContext.Settings settings,
    ConnectorContext.Services services) {

  /** Without other services. */
  public ServiceContext(
      ProxyScheme proxyScheme, InstantSource clock, ConnectorContext.Settings settings) {
    this(
        proxyScheme,
        clock,
        settings,
        new ConnectorContext.Services() {
          @Override
          public <S> S get(Class<S> type) {
            throw new IllegalStateException("No module supplies " + type.getSimpleName());
          }
        });
  }

  /** The same with other services. */
  public ServiceContext services(ConnectorContext.Services others) {
    return new ServiceContext(proxyScheme, clock, settings, others);
  }
}
