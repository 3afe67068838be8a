/** Carries out what connectors describe: transports, limits and their failures. */
@NullMarked
package io.tradeflood.net;

import org.jspecify.annotations.NullMarked;
