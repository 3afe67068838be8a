package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be traded on an exchange, and how finely.
 *
 * @param symbol its symbol here
 * @param name its name on the exchange
 * @param kind what it is
 * @param status what may be done with it now
 * @param tickSize the step of prices
 * @param lotSize the step of sizes
 * @param minSize the smallest size of an order, where there is one
 * @param minValue the smallest value of an order in the quote currency, where there is one
 * @param contractSize what one contract stands for, where sizes are in contracts
 * @param listed when it was listed, UTC, where the exchange says it
 * @param expiry when it is settled, UTC, of futures
 */
public record Instrument(
    Symbol symbol,
    String name,
    Kind kind,
    Status status,
    Optional<BigDecimal> tickSize,
    Optional<BigDecimal> lotSize,
    Optional<BigDecimal> minSize,
    Optional<BigDecimal> minValue,
    Optional<BigDecimal> contractSize,
    Optional<Instant> listed,
    Optional<Instant> expiry) {

  /** What an instrument is. */
  public enum Kind {
    SPOT,
    /** A perpetual. */
    SWAP,
    FUTURE,
    OPTION
  }

  /** What may be done with an instrument. */
  public enum Status {
    /** Announced, not yet traded. */
    LISTED,
    TRADING,
    /** Not traded for now. */
    HALTED,
    /** Gone. */
    CLOSED
  }
}
