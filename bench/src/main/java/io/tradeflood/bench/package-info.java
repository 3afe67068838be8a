/**
 * Measures TradeFlood beside its peers, in one run and on one machine, so that only ratios count.
 */
@NullMarked
package io.tradeflood.bench;

import org.jspecify.annotations.NullMarked;
