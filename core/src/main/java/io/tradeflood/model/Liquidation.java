package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A position that the exchange closed by force. Most exchanges tell only some of them.
 *
 * @param time when, UTC
 * @param price at what price the order was set, in the quote currency
 * @param size in the base currency (in contracts where the exchange counts so)
 * @param side the side of the order that closes the position: {@code SELL} ends a long one
 */
public record Liquidation(Instant time, BigDecimal price, BigDecimal size, Side side)
    implements Row {}
