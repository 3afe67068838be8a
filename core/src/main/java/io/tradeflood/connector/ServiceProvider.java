package io.tradeflood.connector;

/**
 * Supplies one service to connectors: the transport of REST, of streams. Modules announce theirs
 * with {@link java.util.ServiceLoader}: a public class with a public constructor without
 * parameters, named in {@code META-INF/services/io.tradeflood.connector.ServiceProvider}.
 *
 * @param <S> the type by which connectors ask for it, see {@link ConnectorContext.Services#get}
 */
public interface ServiceProvider<S> {
  /** The type by which connectors ask for the service; one provider for each type. */
  Class<S> type();

  /**
   * Makes the service. Called at most once for each TradeFlood, when a plan first describes or runs
   * a call that needs it, so making it costs little and reaches out to nothing: describing a call
   * works with a service that has sent nothing yet. If the service is {@link AutoCloseable}, it is
   * closed with the TradeFlood it was made for, after the last of its runs has ended.
   */
  S open(ServiceContext context);

  /**
   * Whether the service is made with the TradeFlood rather than when first needed, so that who sets
   * it up is told of a wrong setting. Pure.
   */
  default boolean isWantedAtOnce(ServiceContext context) {
    return false;
  }
}
