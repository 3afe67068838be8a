package io.tradeflood.proxyter.admin;

import java.time.Duration;

/** Waits for proxies that take nobody any more, and closes what is left when the time is over. */
public interface Drains {
  /** Closes what a proxy that takes nobody any more still carries, after so long at most. */
  void drain(String proxy, Duration longest);

  /** Whether a proxy is waited for. */
  boolean isDraining(String proxy);
}
