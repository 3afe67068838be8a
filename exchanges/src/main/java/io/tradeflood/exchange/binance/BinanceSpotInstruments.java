package io.tradeflood.exchange.binance;

import io.tradeflood.binding.CatalogBinding;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.List;
import java.util.Optional;

/** What is traded on spot. When it was listed is not told. */
public interface BinanceSpotInstruments
    extends CatalogBinding<BinanceSpotRest, CatalogQuery, Instrument> {
  @Override
  default Turn<List<Instrument>> plan(BinanceSpotRest binance, CatalogQuery query) {
    return binance
        .exchangeInfo()
        .map(rows -> rows.stream().map(BinanceSpotInstruments::instrument).toList());
  }

  private static Instrument instrument(BinanceSymbolInfo row) {
    return BinanceModels.instrument(
        row, Symbol.spot(row.baseAsset(), row.quoteAsset()), Optional.empty());
  }
}
