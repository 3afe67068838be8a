package io.tradeflood.net;

import io.tradeflood.proxy.Rotation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * By which proxy each way was last seen to leave, as Proxyter says. Ways that are used at once
 * leave by different proxies, unless types of one exchange lead to different groups of Proxyter's
 * or these were changed: then one address would have its limits twice.
 */
final class Homes {
  private final Map<String, String> proxies = new ConcurrentHashMap<>();

  /**
   * A request has left by the proxy.
   *
   * @return the way that leaves by the same one and comes first; empty if there is none
   */
  Optional<String> seen(Egress egress, Rotation rotation, String proxy) {
    proxies.put(egress.key(), proxy);
    if (rotation.mode() != Rotation.Mode.SPREAD) return Optional.empty();
    for (int rank = 1; rank < egress.rank(); rank++) {
      String other = new Egress(egress.route(), egress.type(), rank).key();
      if (proxy.equals(proxies.get(other))) return Optional.of(other);
    }
    return Optional.empty();
  }
}
