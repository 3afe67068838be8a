/** Answers that wait for news: no exchange's own, but what many have. */
@NullMarked
package io.tradeflood.simulator.poll;

import org.jspecify.annotations.NullMarked;
