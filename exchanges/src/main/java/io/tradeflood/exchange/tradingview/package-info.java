/**
 * TradingView: alerts that it posts to us. What a post says is up to who wrote the alert; see
 * {@link io.tradeflood.exchange.tradingview.TradingviewCallback} for the message that is understood
 * as a candle. Facts are those of TradingView's help pages on webhooks, as of 2026.
 */
@NullMarked
package io.tradeflood.exchange.tradingview;

import org.jspecify.annotations.NullMarked;
