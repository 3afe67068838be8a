/** An exchange in memory, written as a third party writes one; for the tests of the facade. */
@NullMarked
package io.tradeflood.acme;

import org.jspecify.annotations.NullMarked;
