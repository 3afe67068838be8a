package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * How much is held open in a derivative.
 *
 * @param time when it was so, UTC
 * @param size in the base currency (in contracts where the exchange counts so)
 * @param value the same in the quote currency, where the exchange says it
 */
public record OpenInterest(Instant time, BigDecimal size, Optional<BigDecimal> value)
    implements Row {}
