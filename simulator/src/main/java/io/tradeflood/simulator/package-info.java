/**
 * A published test kit: exchanges in a box ({@link io.tradeflood.simulator.Simulator}) on a
 * generated market, with the limits and errors of the real ones, and chaos on demand ({@link
 * io.tradeflood.simulator.Chaos}); and a server of recorded answers ({@link
 * io.tradeflood.simulator.ReplayServer}) for tests that have payloads. Both listen on loopback and
 * need nothing but the JDK.
 */
@NullMarked
package io.tradeflood.simulator;

import org.jspecify.annotations.NullMarked;
