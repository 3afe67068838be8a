package io.tradeflood.exchange.binance;

import io.tradeflood.live.BookStream;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.stream.Channels;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.net.stream.StreamChannel;
import io.tradeflood.net.stream.StreamConnector;
import io.tradeflood.net.stream.StreamLimits;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What Binance's streams have in common. They are used combined: every message comes as {@code
 * {"stream":"btcusdt@trade","data":{..}}}, since some say by themselves neither what nor whose they
 * are. Names of streams are in small letters, whatever the script of the symbol.
 */
public interface BinanceStream extends StreamConnector {
  /** How many channels one connection carries. */
  int CHANNELS = 1024;

  /**
   * How many channels one message asks for; the exchange tells no bound, so it is a careful one.
   */
  int CHANNELS_PER_MESSAGE = 100;

  /** How long such a message is at most, in bytes. */
  int MESSAGE_BYTES = 4096;

  /** How many connections one address may open in five minutes. */
  int CONNECTS = 300;

  /** The exchange's name of an instrument, as by REST. */
  String nameOf(Symbol symbol);

  /** How many messages a connection may send a second. */
  int messagesASecond();

  /** A connection is closed after 24 hours. */
  @Override
  default StreamLimits streamLimits() {
    return StreamLimits.standard()
        .channels(CHANNELS, CHANNELS_PER_MESSAGE, MESSAGE_BYTES)
        .messages(messagesASecond(), Duration.ofSeconds(1))
        .connects(CONNECTS, Duration.ofMinutes(5), CONNECTS)
        .lifetime(Duration.ofHours(24));
  }

  @Override
  default String subscribe(List<String> channels, long id) {
    return BinanceMessages.request("SUBSCRIBE", channels, id);
  }

  @Override
  default String unsubscribe(List<String> channels, long id) {
    return BinanceMessages.request("UNSUBSCRIBE", channels, id);
  }

  @Override
  default Incoming read(JsonScanner message, Channels channels) {
    return BinanceMessages.read(message, channels, context());
  }

  /** A stream of one instrument. */
  default StreamChannel stream(String symbol, String kind) {
    return channel(symbol.toLowerCase(Locale.ROOT) + "@" + kind);
  }

  /** {@code <symbol>@aggTrade}: aggregates of trades, each once; ids without holes. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BinanceAggTrade>> aggTrades(String symbol) {
    return stream(symbol, "aggTrade").feed(BinanceAggTrade::read);
  }

  /**
   * {@code <symbol>@kline_<interval>}: the candle that forms, while something trades, and once more
   * when it has closed, which it says.
   */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BinanceKline.Event>> klines(String symbol, String interval) {
    return stream(symbol, "kline_" + interval).feed(BinanceKline.Event::read);
  }

  /** {@code <symbol>@ticker}: the last 24 hours. Only spot gives the best prices here. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BinanceTicker>> tickers(String symbol) {
    return stream(symbol, "ticker").feed(BinanceTicker::readEvent);
  }

  /** {@code <symbol>@miniTicker}: as {@link #tickers}, less of it, without best prices. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BinanceTicker>> miniTickers(String symbol) {
    return stream(symbol, "miniTicker").feed(BinanceTicker::readEvent);
  }

  /**
   * {@code <symbol>@bookTicker}: the best prices whenever they change, as a book of one level. On
   * spot without a time.
   */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BinanceDepth>> bookTickers(String symbol) {
    return stream(symbol, "bookTicker").feed(BinanceDepth::readBest);
  }

  /**
   * {@code <symbol>@depth<levels>@100ms}: the best levels, all of them each time. On spot without a
   * time, and the message itself does not say of which instrument.
   *
   * @param levels 5, 10 or 20
   */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BinanceDepth>> partialDepth(String symbol, int levels) {
    return stream(symbol, "depth" + levels + "@100ms").feed(BinanceDepth::readEvent);
  }

  /**
   * {@code <symbol>@depth@100ms}: what changed of the whole book. Sizes are absolute, 0 takes a
   * level away, also one that nobody knew.
   */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<BookStream> depthUpdates(String symbol) {
    return stream(symbol, "depth@100ms").book(depthReader());
  }

  /** How this market's changes of a book are read. */
  StreamChannel.UpdateReader depthReader();
}
