/**
 * The contract that every binding keeps, as a test: of our own bindings and of anybody else's, on
 * recorded payloads.
 */
@NullMarked
package io.tradeflood.simulator.contract;

import org.jspecify.annotations.NullMarked;
