package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A ticker in a stream: the last 24 hours, and of contracts what else is told of them.
 *
 * @param ticker the last 24 hours
 * @param markPrice of contracts
 * @param indexPrice of contracts
 * @param fundingRate of perpetuals, the one that is paid next
 * @param nextFundingTime when it is paid
 * @param holdingAmount what is open in the contract, in the base currency
 */
public record BitgetTickerEvent(
    BitgetTicker ticker,
    Optional<BigDecimal> markPrice,
    Optional<BigDecimal> indexPrice,
    Optional<BigDecimal> fundingRate,
    Optional<Instant> nextFundingTime,
    Optional<BigDecimal> holdingAmount) {
  private static final Name MARK_PRICE = Name.of("markPrice");
  private static final Name INDEX_PRICE = Name.of("indexPrice");
  private static final Name FUNDING_RATE = Name.of("fundingRate");
  private static final Name NEXT_FUNDING_TIME = Name.of("nextFundingTime");
  private static final Name HOLDING_AMOUNT = Name.of("holdingAmount");

  static BitgetTickerEvent read(JsonScanner row) {
    return new BitgetTickerEvent(
        BitgetTicker.readEvent(row),
        decimal(row, MARK_PRICE),
        decimal(row, INDEX_PRICE),
        decimal(row, FUNDING_RATE),
        decimal(row, NEXT_FUNDING_TIME)
            .map(BigDecimal::longValueExact)
            .filter(next -> next > 0)
            .map(Instant::ofEpochMilli),
        decimal(row, HOLDING_AMOUNT));
  }

  private static Optional<BigDecimal> decimal(JsonScanner row, Name name) {
    return row.find(name) ? row.readOptionalDecimal() : Optional.empty();
  }
}
