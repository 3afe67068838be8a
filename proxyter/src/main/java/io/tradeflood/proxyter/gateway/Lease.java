package io.tradeflood.proxyter.gateway;

import java.time.Instant;
import java.util.Optional;

/**
 * A tunnel, open or lately closed, as it is told to whoever asks.
 *
 * @param number ours, from {@code Proxyter-Lease}
 * @param id the client's own name for it
 * @param client who opened it; empty where nobody needs to say
 * @param type the request's type
 * @param proxy by which it leaves
 * @param group from which the proxy was taken
 * @param origin our name for the target
 * @param target {@code host:port}
 * @param opened when it was opened, UTC
 * @param closed when it was closed, UTC; empty while it is open
 * @param bytesUp from the client
 * @param bytesDown to the client
 */
public record Lease(
    long number,
    Optional<String> id,
    String client,
    String type,
    String proxy,
    String group,
    String origin,
    String target,
    Instant opened,
    Optional<Instant> closed,
    long bytesUp,
    long bytesDown) {}
