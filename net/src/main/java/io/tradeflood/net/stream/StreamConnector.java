package io.tradeflood.net.stream;

import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Mode;
import io.tradeflood.net.json.JsonScanner;
import java.util.List;
import java.util.Map;

/**
 * Talks to an exchange by a connection that stays open, most often a WebSocket. It describes; the
 * library dials, subscribes, spreads channels over connections, answers and sends pings, notices
 * silence, and comes back. Its endpoints subscribe:
 *
 * <pre>{@code
 * // wss://.../ws: {"op":"subscribe","args":["trade.BTCUSDT"]}
 * @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
 * default Turn<Feed<AcmeTrade>> trades(String symbol) {
 *   return channel("trade." + symbol).feed(AcmeTrade::read);
 * }
 * }</pre>
 */
public interface StreamConnector extends Connector {
  @Override
  default Mode mode() {
    return Mode.STREAM;
  }

  /**
   * The exchange's address, such as {@code wss://stream.acme.example/ws}. Users can put another in
   * its place: one without a path replaces scheme, host and port only, one with a path that part as
   * well.
   */
  String url();

  @Override
  default String address() {
    return url();
  }

  /**
   * Where a connection that carries these channels is opened: behind {@link #url}, a path, a query.
   * Most exchanges have one address for all and are told by messages: then it is empty.
   *
   * @param channels in the order in which they were wanted; never empty
   */
  default String path(List<String> channels) {
    return "";
  }

  /**
   * Which channels can share a connection: those of one group. Exchanges with several addresses
   * give a group for each; {@link #path} is asked with channels of one group only.
   */
  default String group(String channel) {
    return "";
  }

  /** How the exchange sends: messages of a WebSocket, or lines of an answer that never ends. */
  default Framing framing() {
    return Framing.WEBSOCKET;
  }

  /** Headers that go with the opening request, such as a token from {@link #context}'s settings. */
  default Map<String, String> headers() {
    return Map.of();
  }

  /**
   * The message that subscribes to channels; of an exchange whose {@link #path} says it all, empty.
   *
   * @param channels at most {@link StreamLimits.Channels#perMessage}
   * @param id a number of this message, unique on its connection, from 1
   */
  String subscribe(List<String> channels, long id);

  /** The message that takes subscriptions back; as {@link #subscribe}. */
  String unsubscribe(List<String> channels, long id);

  /**
   * What a message is. Reads only as far as it must. The scanner stands before the message's value;
   * for a message with data it is left where the channel's reader goes on. Called for each message,
   * so it should allocate nothing: {@link Channels#find} looks a channel up by its bytes.
   *
   * @param message the message, JSON; {@link Keepalive#isAnswer answers to pings} do not come here
   * @param channels what is subscribed to on this connection
   * @throws io.tradeflood.net.json.UnexpectedJsonException if it is none of those that are known
   */
  Incoming read(JsonScanner message, Channels channels);

  /**
   * What keeps a connection open. By default the exchange pings, and pongs are sent by themselves.
   */
  default Keepalive keepalive() {
    return Keepalive.NONE;
  }

  /** What the exchange allows. */
  default StreamLimits streamLimits() {
    return StreamLimits.standard();
  }

  /** Begins the description of a subscription. */
  default StreamChannel channel(String name) {
    return StreamChannel.of(this, name);
  }

  /** How an exchange sends. */
  enum Framing {
    /** Each message of a WebSocket is one. */
    WEBSOCKET,
    /** Each line of an HTTP answer that never ends is one; a change of channels opens another. */
    LINES
  }
}
