package io.tradeflood.net;

/** Makes requests for connectors; the one service that REST connectors need. */
public interface RestTransport {
  /** Begins a GET request. */
  RestRequest get(RestConnector connector, String path);
}
