/** Exchanges in a box, on loopback, and the contract that every connector keeps. */
@NullMarked
package io.tradeflood.simulator;

import org.jspecify.annotations.NullMarked;
