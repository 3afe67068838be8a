package io.tradeflood.proxyter.hop;

import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.wire.Target;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why a try came to nothing.
 *
 * @param details for people, one line without secrets
 * @param retryAfter how long the proxy or the target wants to be left alone, in milliseconds
 */
public record Failure(Signal signal, String details, OptionalLong retryAfter) {
  public static Failure of(Signal signal, String details) {
    return new Failure(signal, details, OptionalLong.empty());
  }

  /**
   * Why nothing was reached.
   *
   * @param target that was dialled, rather than a proxy; empty for a proxy
   */
  public static Failure unreachable(Throwable cause, Optional<Target> target) {
    boolean direct = target.isPresent();
    String reason = Causes.reason(cause);
    if (reason.contains("assign requested address") || reason.contains("Too many open files"))
      return of(Signal.LOCAL, "no socket is left on this machine");
    Signal signal;
    if (reason.contains("refused") || reason.contains("reset"))
      signal = direct ? Signal.ORIGIN_REFUSED : Signal.PROXY_REFUSED;
    else if (reason.contains("timed out"))
      signal = direct ? Signal.ORIGIN_TIMEOUT : Signal.PROXY_TIMEOUT;
    else signal = direct ? Signal.CONNECT_FAILED : Signal.PROXY_UNREACHABLE;
    return of(signal, target.map(Target::toString).orElse("it") + " " + Causes.inWords(cause));
  }
}
