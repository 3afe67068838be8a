package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of an instrument at a glance; open, high, low and the volumes are of the last 24 hours.
 *
 * @param time when it was so, UTC
 * @param bid the best price to sell at
 * @param bidSize what is wanted there, in the base currency
 * @param ask the best price to buy at
 * @param askSize what is offered there, in the base currency
 * @param last the price of the last trade
 * @param open the price 24 hours ago
 * @param high the highest price
 * @param low the lowest price
 * @param volume what traded, in the base currency
 * @param quoteVolume the same in the quote currency
 */
public record Ticker(
    Instant time,
    Optional<BigDecimal> bid,
    Optional<BigDecimal> bidSize,
    Optional<BigDecimal> ask,
    Optional<BigDecimal> askSize,
    Optional<BigDecimal> last,
    Optional<BigDecimal> open,
    Optional<BigDecimal> high,
    Optional<BigDecimal> low,
    Optional<BigDecimal> volume,
    Optional<BigDecimal> quoteVolume) {}
