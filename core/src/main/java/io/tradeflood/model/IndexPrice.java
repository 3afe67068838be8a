package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;

/** The price of an underlying, averaged over exchanges, at a time in UTC. */
public record IndexPrice(Instant time, BigDecimal price) implements Row {}
