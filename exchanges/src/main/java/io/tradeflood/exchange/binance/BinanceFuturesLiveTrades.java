package io.tradeflood.exchange.binance;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;
import java.util.OptionalLong;

/**
 * Trades of USDⓈ-M as they happen. They are aggregates, as those of the past are, see {@link
 * BinanceContractTrades}: no stream of single trades is documented.
 */
public interface BinanceFuturesLiveTrades
    extends LiveBinding<BinanceFuturesStream, NowQuery, Trade> {
  @Override
  default Turn<Feed<Trade>> plan(BinanceFuturesStream binance, NowQuery query) {
    return binance
        .aggTrades(binance.nameOf(query.symbol()))
        .map(trades -> trades.map(BinanceModels::trade));
  }

  @Override
  default Continuity continuity() {
    return Continuity.EVERY;
  }

  @Override
  default OptionalLong numberOf(Trade trade) {
    return OptionalLong.of(Long.parseLong(trade.id()));
  }
}
