/** The command line. */
@NullMarked
package io.tradeflood.cli;

import org.jspecify.annotations.NullMarked;
