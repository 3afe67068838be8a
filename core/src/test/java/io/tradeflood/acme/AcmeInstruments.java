package io.tradeflood.acme;

import io.tradeflood.binding.CatalogBinding;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.List;
import java.util.Optional;

/** What Acme trades; OLD/USDT is gone. */
public interface AcmeInstruments extends CatalogBinding<AcmeRest, CatalogQuery, Instrument> {
  @Override
  default Turn<List<Instrument>> plan(AcmeRest acme, CatalogQuery query) {
    return acme.names().map(names -> names.stream().map(AcmeInstruments::instrument).toList());
  }

  private static Instrument instrument(String text) {
    var symbol = Symbol.of(text);
    return new Instrument(
        symbol,
        symbol.join(""),
        Instrument.Kind.SPOT,
        text.startsWith("OLD") ? Instrument.Status.CLOSED : Instrument.Status.TRADING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
