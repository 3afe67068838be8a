package io.tradeflood.net;

import java.util.List;

/**
 * Makes requests for connectors; the one service that REST connectors need.
 *
 * <p>Users set how it behaves (see {@code TradeFlood.Builder.setting("", name, value)}), times
 * written {@code 500ms}, {@code 5s} or {@code 2m}:
 *
 * <ul>
 *   <li>{@code net.connect net.tls net.send net.first-byte net.receive}: how long each phase of a
 *       request may take (5s, 10s, 10s, 20s, 60s);
 *   <li>{@code net.body-limit}: the longest body that is accepted, in bytes (64 MiB);
 *   <li>{@code net.patience}: the longest ban or pause set by an exchange that is waited out (3m);
 *       waiting for one's share of a limit is not bounded by it;
 *   <li>{@code net.tries}, {@code net.retry-time}: how often a request is sent at most (4), and how
 *       long after the first try (60s);
 *   <li>{@code net.concurrency}: how many requests are on their way to one host by one route (32);
 *   <li>{@code net.keep-alive}: how long an unused connection is kept (30s);
 *   <li>{@code net.event-loops}: how many threads serve the sockets (1);
 *   <li>{@code net.trust}: a file of certificates (PEM) to trust instead of the machine's;
 *   <li>{@code net.proxyter-trust}: the same for Proxyter's own certificate ({@code net.trust}).
 * </ul>
 */
public interface RestTransport {
  /** Begins a GET request. */
  RestRequest get(RestConnector connector, String path);

  /** How the limits stand from which anything was taken so far, by name. */
  List<LimitState> limits();

  /** Tells somebody of each request from now on, as long as this transport is open. */
  void observe(RestObserver observer);
}
