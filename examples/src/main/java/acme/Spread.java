package acme;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What it costs to trade at once.
 *
 * @param time when it was so, UTC
 * @param bid the best price to sell at
 * @param ask the best price to buy at
 * @param width the difference
 */
public record Spread(Instant time, BigDecimal bid, BigDecimal ask, BigDecimal width) {}
