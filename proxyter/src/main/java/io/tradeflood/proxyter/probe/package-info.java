/**
 * Finding out: whether a proxy answers again, whether a target serves, who is at fault. Own threads
 * and own connections, bounded in number and in rate; never the traffic of clients.
 */
@NullMarked
package io.tradeflood.proxyter.probe;

import org.jspecify.annotations.NullMarked;
