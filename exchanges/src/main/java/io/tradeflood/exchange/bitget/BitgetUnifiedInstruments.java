package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.CatalogBinding;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.List;

/** What is traded on all markets. */
public interface BitgetUnifiedInstruments
    extends CatalogBinding<BitgetUnifiedRest, CatalogQuery, Instrument> {
  @Override
  default Turn<List<Instrument>> plan(BitgetUnifiedRest bitget, CatalogQuery query) {
    return Turn.concat(
        List.of(BitgetUnifiedRest.SPOT, BitgetMixRest.USDT, BitgetMixRest.USDC, BitgetMixRest.COIN),
        category ->
            bitget
                .instruments(category)
                .map(
                    rows ->
                        rows.stream()
                            .map(row -> BitgetModels.instrument(row, symbol(category, row)))
                            .toList()));
  }

  private static Symbol symbol(String category, BitgetSymbol row) {
    return category.equals(BitgetUnifiedRest.SPOT)
        ? Symbol.spot(row.baseCoin(), row.quoteCoin())
        : BitgetNames.contract(row, category.equals(BitgetMixRest.COIN));
  }
}
