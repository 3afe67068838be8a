package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.health.Signal;
import java.util.OptionalLong;

/**
 * Why a try came to nothing.
 *
 * @param details for people, one line without secrets
 * @param retryAfter how long the proxy or the target wants to be left alone, in milliseconds
 */
record Failure(Signal signal, String details, OptionalLong retryAfter) {
  static Failure of(Signal signal, String details) {
    return new Failure(signal, details, OptionalLong.empty());
  }
}
