package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One trade.
 *
 * @param id the exchange's id; unique for an instrument, and ascending where it is a number
 * @param time when it traded, UTC
 * @param price in the quote currency
 * @param size in the base currency (in contracts where the exchange counts so)
 * @param side the taker's side
 */
public record Trade(String id, Instant time, BigDecimal price, BigDecimal size, Side side)
    implements Row {}
