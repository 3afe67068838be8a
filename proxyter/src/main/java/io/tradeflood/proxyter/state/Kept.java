package io.tradeflood.proxyter.state;

import io.tradeflood.proxyter.gateway.GatewayMemory;
import io.tradeflood.proxyter.health.HealthMemory;
import java.util.Map;

/**
 * All that is kept over a restart, as one value.
 *
 * @param version of this shape
 * @param revision of the configuration
 * @param overlay what was changed while running and is to be kept; holds secrets
 * @param health states and bans, with their absolute ends
 * @param gateway averages and what is used of limits
 * @param callbacks up to which number of the journal each receiver has been told
 */
public record Kept(
    int version,
    long revision,
    Map<String, Object> overlay,
    HealthMemory health,
    GatewayMemory gateway,
    Map<String, Long> callbacks) {

  /** The shape that is written now. */
  public static final int VERSION = 1;

  @Override
  public String toString() {
    return "Kept[revision %d]".formatted(revision);
  }
}
