package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.CatalogBinding;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.List;

/** What is traded on spot. */
public interface BitgetSpotInstruments
    extends CatalogBinding<BitgetSpotRest, CatalogQuery, Instrument> {
  @Override
  default Turn<List<Instrument>> plan(BitgetSpotRest bitget, CatalogQuery query) {
    return bitget
        .symbols()
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            BitgetModels.instrument(
                                row, Symbol.spot(row.baseCoin(), row.quoteCoin())))
                    .toList());
  }
}
