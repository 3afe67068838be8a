/** What is live: from the bytes of a stream's messages to a book. */
@NullMarked
package io.tradeflood.bench.live;

import org.jspecify.annotations.NullMarked;
