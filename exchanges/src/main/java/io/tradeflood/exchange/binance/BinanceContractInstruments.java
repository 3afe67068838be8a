package io.tradeflood.exchange.binance;

import io.tradeflood.binding.CatalogBinding;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.turn.Turn;
import java.util.List;

/**
 * What is traded as contracts.
 *
 * @param <C> the market
 */
public interface BinanceContractInstruments<C extends BinanceContractRest>
    extends CatalogBinding<C, CatalogQuery, Instrument> {
  @Override
  default Turn<List<Instrument>> plan(C binance, CatalogQuery query) {
    return binance
        .exchangeInfo()
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            BinanceModels.instrument(
                                row, BinanceModels.contract(row), row.contractSize()))
                    .filter(row -> binance.covers(row.symbol()))
                    .toList());
  }
}
