/** Proxyter as a whole: what is started, and how it ends. */
@NullMarked
package io.tradeflood.proxyter;

import org.jspecify.annotations.NullMarked;
