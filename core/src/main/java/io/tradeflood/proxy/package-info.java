/**
 * The proxy scheme: which way a request takes by its type, and by how many addresses. What Proxyter
 * is told stands in docs/proxyter-protocol.md.
 */
@NullMarked
package io.tradeflood.proxy;

import org.jspecify.annotations.NullMarked;
