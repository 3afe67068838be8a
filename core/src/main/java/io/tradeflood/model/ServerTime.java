package io.tradeflood.model;

import java.time.Instant;

/** An exchange's clock, UTC. */
public record ServerTime(Instant time) {}
