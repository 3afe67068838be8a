/** TradeFlood itself: the entry point of an application that collects market data. */
@NullMarked
package io.tradeflood;

import org.jspecify.annotations.NullMarked;
