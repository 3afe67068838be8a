package io.tradeflood.net.stream;

import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Subscription;

/** A channel that a plan would subscribe to. */
record WantedChannel(Streams streams, StreamConnector connector, RequestType type, String channel)
    implements Subscription {
  @Override
  public Carrier carrier() {
    return streams;
  }
}
