/** The exchanges that TradeFlood ships, one package each, none of which sees another. */
@NullMarked
package io.tradeflood.exchange;

import org.jspecify.annotations.NullMarked;
