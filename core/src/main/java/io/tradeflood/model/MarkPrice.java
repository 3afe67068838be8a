package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;

/** The price by which positions are valued, at a time in UTC. */
public record MarkPrice(Instant time, BigDecimal price) implements Row {}
