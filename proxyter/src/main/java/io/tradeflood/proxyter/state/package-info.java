/** What is kept on disk over a restart. */
@NullMarked
package io.tradeflood.proxyter.state;

import org.jspecify.annotations.NullMarked;
