package io.tradeflood.net;

import io.tradeflood.connector.ServiceContext;
import io.tradeflood.connector.ServiceProvider;
import java.util.concurrent.ThreadLocalRandom;

/** Supplies the transport of REST connectors. See {@link ServiceProvider}. */
public final class RestTransportProvider implements ServiceProvider<RestTransport> {
  @Override
  public Class<RestTransport> type() {
    return RestTransport.class;
  }

  @Override
  public RestTransport open(ServiceContext context) {
    var settings = TransportSettings.of(context.settings());
    var tape = Tape.of(context);
    var timeline = tape.timeline(Timeline.of(context.clock()));
    return new HttpTransport(
        context,
        settings,
        timeline,
        () -> ThreadLocalRandom.current().nextDouble(),
        () -> tape.wire(() -> new VertxWire(settings, timeline)),
        tape.isPlayed());
  }
}
