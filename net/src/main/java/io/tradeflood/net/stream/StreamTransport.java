package io.tradeflood.net.stream;

import java.util.List;

/**
 * Subscribes for connectors; the one service that stream connectors need.
 *
 * <p>Users set how it behaves (see {@code TradeFlood.Builder.setting("", name, value)}), times
 * written {@code 500ms}, {@code 5s} or {@code 2m}; beside the settings of {@link
 * io.tradeflood.net.RestTransport} that are about connections:
 *
 * <ul>
 *   <li>{@code stream.linger}: how long a channel is kept when nobody reads it any more (5s);
 *   <li>{@code stream.ack}: how long the exchange may take to answer a subscription (10s);
 *   <li>{@code stream.back-off}, {@code stream.back-off-most}: the first and the longest pause
 *       between two tries to connect (500ms, 30s);
 *   <li>{@code stream.deflate}: whether compression is offered ({@code true});
 *   <li>{@code stream.message-limit}: the longest message that is accepted, in bytes (16 MiB).
 * </ul>
 */
public interface StreamTransport {
  /** Begins a subscription. */
  StreamChannel channel(StreamConnector connector, String name);

  /** The connections that are open or being opened. */
  List<ConnectionState> connections();

  /**
   * How a connection stands.
   *
   * @param name the connector's host name and a number, such as {@code binance.spot-stream#2}
   * @param url where it leads, without secrets
   * @param route by which way
   * @param phase how far it is: {@code waiting connecting open leaving}
   * @param channels how many channels it carries
   * @param messages how many messages came by it
   * @param bytes how many bytes came by it, as sent
   */
  record ConnectionState(
      String name,
      String url,
      String route,
      String phase,
      int channels,
      long messages,
      long bytes) {}
}
