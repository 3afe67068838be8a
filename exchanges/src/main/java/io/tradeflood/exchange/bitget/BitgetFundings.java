package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.CursorBinding;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import java.util.List;
import java.util.Optional;

/** What all bindings of funding rates have in common. */
final class BitgetFundings {
  private BitgetFundings() {}

  static Availability availability(Symbol symbol) {
    return symbol.isSwap()
        ? Availability.can()
        : Availability.cannot(
            "funding is paid on perpetuals only, and %s is none: ask for its perpetual"
                .formatted(symbol));
  }

  /**
   * A page of the newest rates first.
   *
   * @param page its number, from 1 on
   */
  static CursorBinding.Step<FundingRate> step(
      List<BitgetFundingRate> rows, int size, int page, TimeRange range) {
    boolean last = rows.size() < size || rows.getLast().time().isBefore(range.start());
    return new CursorBinding.Step<>(
        rows.stream().map(BitgetModels::fundingRate).toList(),
        last ? Optional.empty() : Optional.of(Integer.toString(page + 1)));
  }
}
