/** What an application or a third party writes, as the documentation shows it. */
@NullMarked
package io.tradeflood.examples;

import org.jspecify.annotations.NullMarked;
