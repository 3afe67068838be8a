/**
 * HTTP/1.1 on raw sockets and virtual threads, made for a test kit: whole answers are written in
 * one piece, and any answer may be cut, slowed, reset, withheld or replaced by rubbish, which a
 * library would prevent. Heads, bodies, connections and waiting are bounded.
 */
@NullMarked
package io.tradeflood.simulator.wire;

import org.jspecify.annotations.NullMarked;
