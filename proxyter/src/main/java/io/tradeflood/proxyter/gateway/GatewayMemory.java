package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.pool.Load;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of the data path is kept over a restart, so that neither a slow proxy looks quick nor a used
 * window empty.
 *
 * @param loads the averages of each proxy, by id
 * @param limits what is used of rates and windows, by scope and kind
 */
public record GatewayMemory(Map<String, Load.Memory> loads, Map<String, List<Long>> limits) {

  /** Nothing. */
  public static final GatewayMemory NONE = new GatewayMemory(Map.of(), Map.of());

  public GatewayMemory {
    // In their order, so that equal memories are written equally.
    loads = Collections.unmodifiableMap(new LinkedHashMap<>(loads));
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
  }
}
