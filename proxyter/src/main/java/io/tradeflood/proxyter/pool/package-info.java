/** The proxies at work: their load, and which of them is taken next. */
@NullMarked
package io.tradeflood.proxyter.pool;

import org.jspecify.annotations.NullMarked;
