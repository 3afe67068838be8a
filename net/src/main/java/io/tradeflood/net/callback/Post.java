package io.tradeflood.net.callback;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody has posted.
 *
 * @param sender the address that it comes from
 * @param secret what stands behind the path; empty if nothing does
 * @param headers by name in small letters
 * @param body all of it
 * @param received when it came, UTC
 */
record Post(
    String sender,
    Optional<String> secret,
    Map<String, String> headers,
    byte[] body,
    Instant received) {}
