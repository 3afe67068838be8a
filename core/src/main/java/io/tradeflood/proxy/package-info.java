/** The proxy scheme: which way a request takes, and within which limits, by its type. */
@NullMarked
package io.tradeflood.proxy;

import org.jspecify.annotations.NullMarked;
