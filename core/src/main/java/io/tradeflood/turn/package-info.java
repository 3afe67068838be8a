/**
 * The Turn: a call that is written down instead of executed, the scheme that merges the turns of a
 * request into one graph without repetition, and the run that works it off along the best path.
 * Knows nothing of exchanges, models or networks.
 */
@NullMarked
package io.tradeflood.turn;

import org.jspecify.annotations.NullMarked;
