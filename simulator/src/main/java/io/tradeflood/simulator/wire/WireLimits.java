package io.tradeflood.simulator.wire;

import java.time.Duration;

/**
 * What a server puts up with.
 *
 * @param head the most bytes of a request's first line and header fields
 * @param body the most bytes of a request's body
 * @param connections the most connections at a time; further ones are closed at once
 * @param request the time from a request's first byte to its last
 * @param idle the time that a connection may be silent between two requests
 * @param gzip whether to compress for those who ask for it
 */
public record WireLimits(
    int head, int body, int connections, Duration request, Duration idle, boolean gzip) {

  /** 16 KiB, 1 MiB, 10,000 connections, 10 s, 75 s, compressed. */
  public static final WireLimits DEFAULT =
      new WireLimits(
          16 * 1024, 1024 * 1024, 10_000, Duration.ofSeconds(10), Duration.ofSeconds(75), true);

  public WireLimits withRequest(Duration time) {
    return new WireLimits(head, body, connections, time, idle, gzip);
  }

  public WireLimits withGzip(boolean compress) {
    return new WireLimits(head, body, connections, request, idle, compress);
  }
}
