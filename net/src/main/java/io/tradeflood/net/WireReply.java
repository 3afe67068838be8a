package io.tradeflood.net;

import java.time.Duration;

/**
 * An answer and what it took.
 *
 * @param connected until there was a connection, a kept one included
 * @param waited from then to the first byte of the answer
 * @param received from then to the last
 * @param shared whether the connection takes several requests at once
 */
record WireReply(
    HttpReply reply, Duration connected, Duration waited, Duration received, boolean shared) {}
