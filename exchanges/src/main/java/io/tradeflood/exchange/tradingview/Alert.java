package io.tradeflood.exchange.tradingview;

import java.time.Instant;
import java.util.Optional;

/**
 * An alert that somebody set, whatever it says.
 *
 * @param time when it was fired, UTC, where its message says so
 * @param name what its author calls it
 * @param market the exchange that it is about, in TradingView's words
 * @param instrument the instrument, in TradingView's words
 * @param text the whole message, three asterisks in the place of the secret
 */
public record Alert(
    Optional<Instant> time,
    Optional<String> name,
    Optional<String> market,
    Optional<String> instrument,
    String text) {}
