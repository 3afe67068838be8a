package io.tradeflood.net;

import java.time.Duration;

/**
 * An answer and what it took.
 *
 * @param sentAt a moment of the {@link Timeline} before which it had not left
 * @param firstByteAt a moment of the {@link Timeline} at which its first byte was here; not the sum
 *     of durations, which lacks whatever lies between two of them
 * @param connected until there was a connection, a kept one included
 * @param waited from then to the first byte of the answer
 * @param received from then to the last
 * @param shared whether the connection takes several requests at once
 */
record WireReply(
    HttpReply reply,
    long sentAt,
    long firstByteAt,
    Duration connected,
    Duration waited,
    Duration received,
    boolean shared) {}
