package io.tradeflood.exchange.bitget;

import io.tradeflood.connector.Exchange;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.stream.Channels;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.net.stream.Keepalive;
import io.tradeflood.net.stream.StreamChannel;
import io.tradeflood.net.stream.StreamConnector;
import io.tradeflood.net.stream.StreamLimits;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Bitget's streams of spot and of contracts, version 2: one address for all, whose limits they
 * share. A channel is named by three texts, {@code instType}, {@code channel} and {@code instId};
 * here they are written {@code SPOT/trade/BTCUSDT}. See <a
 * href="https://www.bitget.com/api-doc/common/websocket-intro">their page</a>.
 */
@Exchange("bitget")
public interface BitgetStream extends StreamConnector {
  /** The instruments of spot; contracts' types are {@link BitgetMixRest}'s product types. */
  String SPOT = "SPOT";

  /** How many channels one connection carries: 1000 may be, fewer than 50 are recommended. */
  int CHANNELS = 49;

  /** How many channels one message asks for: as many as fit, however long their names. */
  int CHANNELS_PER_MESSAGE = 40;

  @Override
  default String url() {
    return "wss://ws.bitget.com/v2/ws/public";
  }

  /**
   * Ten messages a second, at most 4096 bytes of channels in each; 240 requests for subscriptions
   * an hour on one connection; 300 connections opened in five minutes and 100 at once, by one
   * address. How long one lives is not documented.
   */
  @Override
  default StreamLimits streamLimits() {
    return StreamLimits.standard()
        .channels(CHANNELS, CHANNELS_PER_MESSAGE, 4096)
        .messages(10, Duration.ofSeconds(1))
        .subscriptions(240, Duration.ofHours(1))
        .connects(300, Duration.ofMinutes(5), 100);
  }

  /** A text every 30 seconds; without one for two minutes the exchange closes the connection. */
  @Override
  default Keepalive keepalive() {
    return Keepalive.text("ping", "pong", Duration.ofSeconds(30));
  }

  @Override
  default boolean covers(Symbol symbol) {
    boolean known =
        symbol.isSpot()
            || symbol.isInverse()
            || (symbol.isLinear() && Set.of("USDT", "USDC").contains(symbol.quote()));
    return known && symbol.option().isEmpty();
  }

  /** Which instruments one is one of. */
  default String typeOf(Symbol symbol) {
    return symbol.isSpot() ? SPOT : BitgetNames.productType(symbol);
  }

  /** The exchange's name of an instrument. */
  default String nameOf(Symbol symbol) {
    return symbol.isSpot() ? symbol.join("") : BitgetNames.contract(symbol);
  }

  @Override
  default String subscribe(List<String> channels, long id) {
    return BitgetMessages.request("subscribe", channels);
  }

  @Override
  default String unsubscribe(List<String> channels, long id) {
    return BitgetMessages.request("unsubscribe", channels);
  }

  @Override
  default Incoming read(JsonScanner message, Channels channels) {
    return BitgetMessages.read(message, channels, context());
  }

  private StreamChannel stream(String instType, String channel, String instId) {
    return channel(BitgetMessages.name(instType, channel, instId));
  }

  /** {@code trade}: first the newest ones of the past, then each as it happens; newest first. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BitgetTrade>> trades(String instType, String instId) {
    return stream(instType, "trade", instId).feedNewestFirst(BitgetTrade::read);
  }

  /**
   * {@code candle<interval>}: first the newest ones of the past, oldest first, then the one that
   * forms, each second in which something trades. Nothing says that one has closed but the one
   * after it.
   */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BitgetCandle>> candles(String instType, String instId, String interval) {
    return stream(instType, "candle" + interval, instId).feedEach(BitgetCandle::readEvent);
  }

  /** {@code ticker}: the last 24 hours; of contracts their prices, rate and open interest too. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BitgetTickerEvent>> tickers(String instType, String instId) {
    return stream(instType, "ticker", instId).feedEach(BitgetTickerEvent::read);
  }

  /**
   * {@code books<levels>}: the best levels, all of them each time.
   *
   * @param levels 1, 5 or 15
   */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BitgetBook>> partialBooks(String instType, String instId, int levels) {
    return stream(instType, "books" + levels, instId).feedEach(BitgetBook::read);
  }

  /** {@code books}: the whole book, then what changes of it, with a checksum. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<BookStream> books(String instType, String instId) {
    return stream(instType, "books", instId).book(BitgetBookUpdate::read);
  }
}
