/** Clients that nobody here wrote, pointed at the simulator: they work, and say what we say. */
@NullMarked
package io.tradeflood.bench.agreement;

import org.jspecify.annotations.NullMarked;
