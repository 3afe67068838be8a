package io.tradeflood.net;

import java.util.concurrent.Semaphore;

/**
 * The way to one host by one route.
 *
 * @param places for requests that are on their way at once
 * @param clock the host's
 */
record Lane(Semaphore places, ServerClock clock) {}
