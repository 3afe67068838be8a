/** What a call costs that is written down, merged and run, beside java-dataloader. */
@NullMarked
package io.tradeflood.bench.turn;

import org.jspecify.annotations.NullMarked;
