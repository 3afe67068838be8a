package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.CursorBinding;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Walks funding rates backwards, although the endpoint only goes forwards: by windows that hold a
 * page of rates paid every eight hours. Where they are paid more often a window takes some pages.
 */
final class BinanceFundings {
  private static final Duration LONGEST = Duration.ofHours(8);

  private BinanceFundings() {}

  static Availability availability(Symbol symbol) {
    return symbol.isSwap()
        ? Availability.can()
        : Availability.cannot(
            "funding is paid on perpetuals only, and %s is delivered: ask for its perpetual"
                .formatted(symbol));
  }

  static FundingRate now(BinancePremium row) {
    return new FundingRate(
        row.time(),
        row.lastFundingRate()
            .orElseThrow(
                () ->
                    new Failure.Unreadable(
                        "Expected a lastFundingRate of %s, was none".formatted(row.symbol()))),
        row.nextFundingTime());
  }

  /**
   * The rates of the window before the cursor.
   *
   * @param cursor the end of the window in milliseconds; empty for the end of the range
   */
  static Turn<CursorBinding.Step<FundingRate>> step(
      BinanceContractRest binance,
      String name,
      TimeRange range,
      Optional<String> cursor,
      int wanted) {
    Instant end = cursor.map(Long::parseLong).map(Instant::ofEpochMilli).orElse(range.end());
    Instant wished =
        end.minus(LONGEST.multipliedBy(Math.min(wanted, BinanceContractRest.FUNDINGS)));
    Instant start = wished.isAfter(range.start()) ? wished : range.start();
    return from(binance, name, start, end, List.of())
        .map(
            rates ->
                new CursorBinding.Step<>(
                    rates,
                    rates.isEmpty() || !start.isAfter(range.start())
                        ? Optional.empty()
                        : Optional.of(Long.toString(start.toEpochMilli()))));
  }

  private static Turn<List<FundingRate>> from(
      BinanceContractRest binance,
      String name,
      Instant start,
      Instant end,
      List<FundingRate> before) {
    return binance
        .fundingRate(name, start, end.minusMillis(1), BinanceContractRest.FUNDINGS)
        .then(
            rows -> {
              var rates =
                  Stream.concat(before.stream(), rows.stream().map(BinanceFundings::paid)).toList();
              return rows.size() < BinanceContractRest.FUNDINGS
                  ? Turn.now(rates)
                  : from(binance, name, rows.getLast().fundingTime().plusMillis(1), end, rates);
            });
  }

  private static FundingRate paid(BinanceFundingRate row) {
    return new FundingRate(row.fundingTime(), row.fundingRate(), Optional.empty());
  }
}
