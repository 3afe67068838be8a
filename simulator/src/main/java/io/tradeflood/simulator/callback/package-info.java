/** Sources that call instead of being called. */
@NullMarked
package io.tradeflood.simulator.callback;

import org.jspecify.annotations.NullMarked;
