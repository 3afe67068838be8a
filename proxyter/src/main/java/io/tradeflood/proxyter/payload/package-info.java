/**
 * What a client says in the place of a user name: the type of its request and how it wants to be
 * served, and the ways in which that travels. See {@code docs/proxyter-protocol.md}.
 */
@NullMarked
package io.tradeflood.proxyter.payload;

import org.jspecify.annotations.NullMarked;
