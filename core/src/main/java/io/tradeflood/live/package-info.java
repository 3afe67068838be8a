/**
 * What is live: feeds of events that many may read, and order books that are never wrong. Nothing
 * here reaches out; transports fill the feeds, readers empty them.
 */
@NullMarked
package io.tradeflood.live;

import org.jspecify.annotations.NullMarked;
