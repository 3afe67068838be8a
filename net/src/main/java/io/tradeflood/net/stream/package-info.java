/**
 * Streams: connectors describe what to subscribe to and how messages are told apart; connecting,
 * sharing connections, keeping them alive and coming back are the library's.
 */
@NullMarked
package io.tradeflood.net.stream;

import org.jspecify.annotations.NullMarked;
