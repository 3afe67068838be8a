package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.payload.Payload;

/**
 * A client that was let in, and what it asks for.
 *
 * @param snapshot by which it was let in
 */
record Admission(Snapshot snapshot, ClientPlan client, Payload payload, RoutePlan route) {
  /** The same under another snapshot, if the type still has a route there. */
  Admission under(Snapshot current) {
    if (current == snapshot) return this;
    return new Admission(current, client, payload, current.route(payload.type()).orElse(route));
  }
}
