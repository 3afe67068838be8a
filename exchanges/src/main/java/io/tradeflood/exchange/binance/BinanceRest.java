package io.tradeflood.exchange.binance;

import io.tradeflood.model.Symbol;
import io.tradeflood.net.HttpReply;
import io.tradeflood.net.RestConnector;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Binance's REST APIs have in common: decimals as text, times in milliseconds, rows oldest
 * first, and errors as {@code {"code":-1121,"msg":"Invalid symbol."}}. Of a window's two bounds
 * both belong to it; with neither the newest rows are given, with the first alone the oldest ones
 * from it on.
 */
public interface BinanceRest extends RestConnector {
  /** The limit by weight per minute and address, told by each answer in a header. */
  String WEIGHT = "weight";

  /** The header that tells how much of {@link #WEIGHT} the current minute has used. */
  String USED_WEIGHT = "X-MBX-USED-WEIGHT-1M";

  /** The exchange's name of an instrument. */
  String nameOf(Symbol symbol);

  /**
   * A book, so deep.
   *
   * @param limit how many levels a side; the market says which there are
   */
  Turn<BinanceDepth> depth(String symbol, OptionalInt limit);

  /**
   * Binance's own words for what went wrong. Statuses that the whole of HTTP agrees on (too many
   * requests, bans, forbidden regions) are left to HTTP's rules.
   */
  @Override
  default Optional<Failure> failureIn(HttpReply reply) {
    return BinanceFailures.in(reply, context().hostName());
  }
}
