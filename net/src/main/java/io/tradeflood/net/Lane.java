package io.tradeflood.net;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to one host by one egress.
 *
 * @param places for requests that are on their way at once
 * @param clock the host's
 * @param bound how many have chosen this way and are not done yet
 * @param rest shut while Proxyter has no proxy for this way
 */
record Lane(Places places, ServerClock clock, AtomicInteger bound, Shutter rest) {
  Lane(int places) {
    this(new Places(places), new ServerClock(), new AtomicInteger(), new Shutter());
  }
}
