/** Benchmarks of TradeFlood beside its peers, in one run on one machine. */
@NullMarked
package io.tradeflood.bench;

import org.jspecify.annotations.NullMarked;
