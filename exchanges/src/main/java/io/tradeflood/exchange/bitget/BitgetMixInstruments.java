package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.CatalogBinding;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.turn.Turn;
import java.util.List;

/** What is traded as contracts, of all product types. */
public interface BitgetMixInstruments
    extends CatalogBinding<BitgetMixRest, CatalogQuery, Instrument> {
  @Override
  default Turn<List<Instrument>> plan(BitgetMixRest bitget, CatalogQuery query) {
    return Turn.concat(
        List.of(BitgetMixRest.USDT, BitgetMixRest.USDC, BitgetMixRest.COIN),
        productType -> bitget.contracts(productType).map(rows -> instruments(productType, rows)));
  }

  private static List<Instrument> instruments(String productType, List<BitgetSymbol> rows) {
    boolean inverse = productType.equals(BitgetMixRest.COIN);
    return rows.stream()
        .map(row -> BitgetModels.instrument(row, BitgetNames.contract(row, inverse)))
        .toList();
  }
}
