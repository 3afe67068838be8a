package io.tradeflood.net.callback;

import io.tradeflood.connector.ServiceContext;
import io.tradeflood.connector.ServiceProvider;

/** Supplies the transport of callback connectors. See {@link ServiceProvider}. */
public final class CallbackTransportProvider implements ServiceProvider<CallbackTransport> {
  @Override
  public Class<CallbackTransport> type() {
    return CallbackTransport.class;
  }

  @Override
  public CallbackTransport open(ServiceContext context) {
    return new Hooks(context);
  }
}
