/**
 * Request limits as exchanges keep them: counters per client and window of time, with totals for
 * the statistics.
 */
@NullMarked
package io.tradeflood.simulator.limit;

import org.jspecify.annotations.NullMarked;
