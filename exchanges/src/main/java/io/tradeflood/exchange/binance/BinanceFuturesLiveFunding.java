package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** The present funding rate of perpetuals of USDⓈ-M, every second, changed or not. */
public interface BinanceFuturesLiveFunding
    extends LiveBinding<BinanceFuturesStream, NowQuery, FundingRate> {
  @Override
  default Availability availability(BinanceFuturesStream binance, NowQuery query, Instant now) {
    return BinanceFundings.availability(query.symbol());
  }

  @Override
  default Turn<Feed<FundingRate>> plan(BinanceFuturesStream binance, NowQuery query) {
    return binance
        .markPrices(binance.nameOf(query.symbol()))
        .map(rows -> rows.map(BinanceFundings::now));
  }
}
