package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.wire.Target;

/**
 * What a client that was let in wants.
 *
 * @param origin our name for the target
 */
record Ask(Admission admission, Target target, String origin) {
  /** The same, but not by the proxy. */
  Ask without(String proxy) {
    var less =
        new Admission(
            admission.snapshot(),
            admission.client(),
            admission.payload().without(proxy),
            admission.route());
    return new Ask(less, target, origin);
  }

  Ask under(Snapshot current) {
    return current == admission.snapshot()
        ? this
        : new Ask(admission.under(current), target, current.origin(target.host()));
  }
}
