package io.tradeflood.net.stream;

import io.tradeflood.connector.ServiceContext;
import io.tradeflood.connector.ServiceProvider;
import io.tradeflood.net.StreamSettings;
import io.tradeflood.net.StreamWire;

/** Supplies the transport of stream connectors. See {@link ServiceProvider}. */
public final class StreamTransportProvider implements ServiceProvider<StreamTransport> {
  @Override
  public Class<StreamTransport> type() {
    return StreamTransport.class;
  }

  @Override
  public StreamTransport open(ServiceContext context) {
    return new Streams(StreamWire.of(context), StreamSettings.of(context.settings()));
  }
}
