package io.tradeflood.proxyter.probe;

import io.tradeflood.proxyter.health.Attempt;
import io.tradeflood.proxyter.health.Signal;
import java.time.Instant;
import java.util.Optional;

/**
 * What one probe saw.
 *
 * @param at when it ended, UTC
 * @param via the proxy's id, or {@link #DIRECT}
 * @param to the target as {@code host:port}; empty if only the proxy was reached
 * @param signal what was seen
 * @param phase how far it came: {@code dial tls handshake connect tunnel}
 * @param millis how long it took
 * @param details for people, one line without secrets; empty if it was served
 * @param networkWorks whether anything beyond this machine answered, if only with a refusal
 * @param retryAfter until when the other side wants to be left alone, where it said so
 */
public record Sight(
    Instant at,
    String via,
    String to,
    Signal signal,
    String phase,
    long millis,
    String details,
    boolean networkWorks,
    Optional<Instant> retryAfter) {

  /** What stands for this machine's own address in place of a proxy's id. */
  public static final String DIRECT = "direct";

  /** Whether the target was reached. */
  public boolean isServed() {
    return signal == Signal.OK;
  }

  /** Whether the proxy itself answered, whatever became of the target. */
  boolean didProxyAnswer() {
    return switch (signal.blame()) {
      case NOBODY, PAIR, ORIGIN -> true;
      case PROXY, US, UNKNOWN -> false;
    };
  }

  /** Whether nobody said anything, as long as it was waited for. */
  boolean isSilence() {
    return signal == Signal.PROXY_TIMEOUT
        || signal == Signal.CONNECT_SILENT
        || signal == Signal.TUNNEL_MUTE
        // Told by a proxy, it is an answer.
        || signal == Signal.ORIGIN_TIMEOUT && via.equals(DIRECT);
  }

  /** As the watcher is told. */
  Attempt attempt(String origin, String group, String type) {
    return new Attempt(at, via, origin, to, group, type, signal, "probe", millis, retryAfter, 0);
  }
}
