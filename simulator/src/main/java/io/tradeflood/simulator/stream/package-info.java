/**
 * Conversations that go on: what is subscribed to on a connection, when each stream speaks next by
 * the market's clock, and what goes wrong on the way. One thread reads a connection, another says
 * everything that is said on it, so nothing needs a lock; a client that does not read stops its own
 * connection only.
 */
@NullMarked
package io.tradeflood.simulator.stream;

import org.jspecify.annotations.NullMarked;
