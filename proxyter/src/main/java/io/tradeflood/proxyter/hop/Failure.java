package io.tradeflood.proxyter.hop;

import io.tradeflood.proxyter.health.Signal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
   * @param direct whether it was the target itself, rather than a proxy, that was dialled
   */
  public static Failure unreachable(Throwable cause, boolean direct) {
    String reason = reason(cause);
    Signal signal;
    if (reason.contains("assign requested address") || reason.contains("Too many open files"))
      signal = Signal.LOCAL;
    else if (reason.contains("refused") || reason.contains("reset"))
      signal = direct ? Signal.ORIGIN_REFUSED : Signal.PROXY_REFUSED;
    else if (reason.contains("timed out"))
      signal = direct ? Signal.ORIGIN_TIMEOUT : Signal.PROXY_TIMEOUT;
    else signal = direct ? Signal.CONNECT_FAILED : Signal.PROXY_UNREACHABLE;
    return of(signal, "it cannot be reached: " + reason);
  }

  /** What an exception says, in one line and without the address. */
  public static String reason(@Nullable Throwable cause) {
    String text = cause == null ? "" : String.valueOf(cause.getMessage());
    int colon = text.indexOf(": /");
    return (colon < 0 ? text : text.substring(0, colon)).lines().findFirst().orElse("");
  }
}
