/**
 * How rows are written: as a table, as JSON, as lines of JSON, as CSV. Everything is derived from
 * the components of a row's record, so a model that nobody here knows is written as well as our
 * own.
 */
@NullMarked
package io.tradeflood.cli.output;

import org.jspecify.annotations.NullMarked;
