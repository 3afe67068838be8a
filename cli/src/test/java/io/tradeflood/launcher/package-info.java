/** The launcher at the root of the repository, run as a user runs it. */
@NullMarked
package io.tradeflood.launcher;

import org.jspecify.annotations.NullMarked;
