package io.tradeflood.exchange.binance;

import io.tradeflood.connector.Exchange;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.stream.Keepalive;
import io.tradeflood.net.stream.StreamChannel;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Streams of Binance's USDⓈ-M futures. Since 2026-04-23 they are routed: books have a path of their
 * own, and a stream asked for on the wrong one stays silent. See <a
 * href="https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams">their
 * page</a>.
 *
 * <p>Events of all instruments in one stream would hold those of COIN-M too; only streams of single
 * instruments are used here.
 */
@Exchange("binance")
public interface BinanceFuturesStream extends BinanceStream {
  /** The path of books and best prices. */
  String PUBLIC = "public";

  /** The path of all else that is public. */
  String MARKET = "market";

  /** What comes by {@link #PUBLIC}: best prices, partial books, changes of books. */
  Pattern BOOKS = Pattern.compile(".*@(bookTicker|depth[0-9]*|rpiDepth)(@[0-9]+ms)?");

  @Override
  default String url() {
    return "wss://fstream.binance.com";
  }

  @Override
  default String group(String channel) {
    return BOOKS.matcher(channel).matches() ? PUBLIC : MARKET;
  }

  @Override
  default String path(List<String> channels) {
    return "/" + group(channels.getFirst()) + "/stream";
  }

  @Override
  default int messagesASecond() {
    return 10;
  }

  /** The exchange pings every three minutes; ten without are three of them missed. */
  @Override
  default Keepalive keepalive() {
    return Keepalive.byServer(Duration.ofMinutes(10));
  }

  @Override
  default boolean covers(Symbol symbol) {
    return symbol.isLinear() && symbol.option().isEmpty();
  }

  @Override
  default String nameOf(Symbol symbol) {
    return BinanceNames.futures(symbol);
  }

  @Override
  default StreamChannel.UpdateReader depthReader() {
    return BinanceDepthUpdate::readContract;
  }

  /** {@code <symbol>@markPrice@1s}: mark price, index price and funding rate, every second. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BinancePremium>> markPrices(String symbol) {
    return stream(symbol, "markPrice@1s")
        .quiet(Duration.ofSeconds(30))
        .feed(BinancePremium::readEvent);
  }

  /**
   * {@code <symbol>@forceOrder}: positions closed by force, of each second at most one, the largest
   * (since 2026-04-14): never all of them. A day without is nothing unusual.
   */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BinanceForceOrder>> forceOrders(String symbol) {
    return stream(symbol, "forceOrder").quiet(Duration.ofDays(1)).feed(BinanceForceOrder::read);
  }
}
