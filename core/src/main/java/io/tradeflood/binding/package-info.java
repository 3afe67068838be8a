/**
 * Bindings: each ties a connector to a model. It says whether a query can be answered, plans the
 * calls, and translates the exchange's rows to models by pure functions.
 */
@NullMarked
package io.tradeflood.binding;

import org.jspecify.annotations.NullMarked;
