package io.tradeflood.exchange.binance;

import io.tradeflood.connector.Exchange;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.stream.Keepalive;
import io.tradeflood.net.stream.StreamChannel;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;

/**
 * Streams of Binance's spot market. See <a
 * href="https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams">their
 * page</a>.
 */
@Exchange("binance")
public interface BinanceSpotStream extends BinanceStream {
  @Override
  default String url() {
    return "wss://stream.binance.com:9443/stream";
  }

  /** Pongs are among them. */
  @Override
  default int messagesASecond() {
    return 5;
  }

  /** The exchange pings every 20 seconds; a minute without is three of them missed. */
  @Override
  default Keepalive keepalive() {
    return Keepalive.byServer(Duration.ofMinutes(1));
  }

  @Override
  default boolean covers(Symbol symbol) {
    return symbol.isSpot();
  }

  @Override
  default String nameOf(Symbol symbol) {
    return BinanceNames.spot(symbol);
  }

  @Override
  default StreamChannel.UpdateReader depthReader() {
    return BinanceDepthUpdate::readSpot;
  }

  /** {@code <symbol>@trade}: single trades, each once; ids without holes. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<BinanceTrade>> trades(String symbol) {
    return stream(symbol, "trade").feed(BinanceTrade::readEvent);
  }
}
