/**
 * A market that never was: a deterministic path of prices and trades made from a seed, nothing
 * stored. A trade is a pure function of (seed, instrument, minute, place in the minute); candles,
 * tickers, books, mark and index prices, funding and open interest are computed from the same
 * trades and the same path, so that they agree with each other. Every method takes the present
 * moment as an argument: what lies behind it cannot be seen.
 */
@NullMarked
package io.tradeflood.simulator.market;

import org.jspecify.annotations.NullMarked;
