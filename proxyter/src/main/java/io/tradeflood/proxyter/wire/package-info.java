/**
 * What clients and proxies say on the wire, as pure functions over bytes: heads of HTTP/1 messages,
 * the extent of their bodies, and the messages of SOCKS. Bounded and strict; what is doubtful is
 * refused.
 */
@NullMarked
package io.tradeflood.proxyter.wire;

import org.jspecify.annotations.NullMarked;
