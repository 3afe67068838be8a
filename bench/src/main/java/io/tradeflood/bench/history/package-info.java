/** Histories read page by page, beside peers, from the same simulated exchanges. */
@NullMarked
package io.tradeflood.bench.history;

import org.jspecify.annotations.NullMarked;
