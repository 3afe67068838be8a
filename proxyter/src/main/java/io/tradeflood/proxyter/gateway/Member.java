package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.hop.Hop;
import io.tradeflood.proxyter.pool.Upstream;
import java.util.Map;

/**
 * A proxy within a group.
 *
 * @param group the group's id
 * @param hop how it is reached
 * @param proxyScope its limits over all groups
 * @param groupScope its limits within this group
 * @param originScopes its limits at targets that have some, by our name for them
 */
record Member(
    Upstream upstream,
    String group,
    Hop hop,
    Scope proxyScope,
    Scope groupScope,
    Map<String, Scope> originScopes) {

  Scope originScope(String origin) {
    Scope scope = originScopes.get(origin);
    return scope == null ? Scope.NONE : scope;
  }
}
