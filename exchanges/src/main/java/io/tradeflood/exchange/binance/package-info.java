/**
 * Binance: spot, USDⓈ-M futures and COIN-M futures by REST, spot and USDⓈ-M by streams. Each market
 * is a connector of its own; what two markets share is an interface that both extend. Facts are
 * those of the pages at developers.binance.com and of the repository binance/binance-spot-api-docs,
 * as of 2026-08.
 */
@NullMarked
package io.tradeflood.exchange.binance;

import org.jspecify.annotations.NullMarked;
