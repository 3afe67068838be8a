package io.tradeflood.net;

import io.tradeflood.proxy.Route;
import java.time.Duration;
import java.util.Map;

/**
 * A request as it goes on the wire.
 *
 * @param address whom it is for
 * @param target path and query, encoded
 * @param headers by name
 * @param route the way it takes
 * @param payload what Proxyter is told of it, empty if the way does not lead by it
 * @param hold how long the answer may be held back, beside the usual time
 */
record WireRequest(
    Address address,
    String target,
    Map<String, String> headers,
    Route route,
    String payload,
    Duration hold) {}
