/**
 * The models and the queries that ask for them: plain records, equal by value, that know nothing of
 * where they come from. A user's own record is as good as one of these; see {@link
 * io.tradeflood.model.Row} for the one rule that rows of history follow.
 */
@NullMarked
package io.tradeflood.model;

import org.jspecify.annotations.NullMarked;
