/** The laws that keep the modules apart, read off the compiled classes of all of them. */
@NullMarked
package io.tradeflood.architecture;

import org.jspecify.annotations.NullMarked;
