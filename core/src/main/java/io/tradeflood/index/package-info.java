/**
 * The index: which connectors and bindings there are, found by scanning for interfaces that extend
 * {@link io.tradeflood.connector.Connector} or {@link io.tradeflood.binding.Binding}, who replaces
 * whom, and every conflict told at once.
 */
@NullMarked
package io.tradeflood.index;

import org.jspecify.annotations.NullMarked;
