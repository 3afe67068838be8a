package io.tradeflood.acme;

import io.tradeflood.model.Row;
import java.time.Instant;

/** A model of a third party. */
public record Fill(String id, Instant time) implements Row {}
