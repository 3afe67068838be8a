package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one taker order traded at one price: several trades told as one.
 *
 * @param id the exchange's id of the aggregate; ascending where it is a number
 * @param time when it traded, UTC
 * @param price in the quote currency
 * @param size in the base currency, of all its trades together
 * @param side the taker's side
 * @param firstTrade the id of its first trade
 * @param lastTrade the id of its last trade
 */
public record AggTrade(
    String id,
    Instant time,
    BigDecimal price,
    BigDecimal size,
    Side side,
    String firstTrade,
    String lastTrade)
    implements Row {}
