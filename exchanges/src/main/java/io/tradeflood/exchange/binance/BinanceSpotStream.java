package io.tradeflood.exchange.binance;

import io.tradeflood.connector.Exchange;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.stream.Keepalive;
import io.tradeflood.net.stream.StreamChannel;
import io.tradeflood.net.stream.StreamLimits;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;
import java.util.Locale;

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

  /** Five messages a second, pongs included; a connection is closed after 24 hours. */
  @Override
  default StreamLimits streamLimits() {
    return StreamLimits.standard()
        .channels(CHANNELS, CHANNELS_PER_MESSAGE, MESSAGE_BYTES)
        .messages(5, Duration.ofSeconds(1))
        .connects(CONNECTS, Duration.ofMinutes(5), CONNECTS)
        .lifetime(Duration.ofHours(24));
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
    return channel(symbol.toLowerCase(Locale.ROOT) + "@trade").feed(BinanceTrade::readEvent);
  }
}
