/**
 * Connectors: each talks to one exchange in one mode, in the exchange's own words, and knows
 * nothing of models.
 */
@NullMarked
package io.tradeflood.connector;

import org.jspecify.annotations.NullMarked;
