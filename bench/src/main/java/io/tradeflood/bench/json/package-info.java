/** From the bytes of a page to models, beside Jackson, XChange and ccxt. */
@NullMarked
package io.tradeflood.bench.json;

import org.jspecify.annotations.NullMarked;
