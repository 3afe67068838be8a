package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What longs pay to shorts of a perpetual, as a part of the position's value.
 *
 * @param time of history, when it was paid; of the present rate, when the exchange said it; UTC
 * @param rate 0.0001 is one hundredth of a percent; negative when shorts pay
 * @param next when this rate, or the next one, is paid, where the exchange says it
 */
public record FundingRate(Instant time, BigDecimal rate, Optional<Instant> next) implements Row {}
