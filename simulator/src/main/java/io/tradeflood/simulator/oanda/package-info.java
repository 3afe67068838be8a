/** OANDA in a box, as far as prices go: an endless answer in chunks, one JSON object a line. */
@NullMarked
package io.tradeflood.simulator.oanda;

import org.jspecify.annotations.NullMarked;
