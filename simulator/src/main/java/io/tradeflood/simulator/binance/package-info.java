/**
 * Binance as it answers on REST: spot ({@code /api/v3}) and USD-M futures ({@code /fapi}, {@code
 * /futures/data}), with its parameters, page limits, windowing, weights, headers, error codes, 429
 * and 418. Stated after the public documentation of July and August 2026
 * (binance/binance-spot-api-docs, developers.binance.com).
 */
@NullMarked
package io.tradeflood.simulator.binance;

import org.jspecify.annotations.NullMarked;
