package io.tradeflood.net;

import java.util.List;

/** Makes requests for connectors; the one service that REST connectors need. */
public interface RestTransport {
  /** Begins a GET request. */
  RestRequest get(RestConnector connector, String path);

  /** How the limits stand from which anything was taken so far, by name. */
  List<LimitState> limits();

  /** Tells somebody of each request from now on, as long as this transport is open. */
  void observe(RestObserver observer);
}
