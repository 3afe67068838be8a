/**
 * Who is to blame when a tunnel fails, and what follows: outcomes and their classes, the diagnosis,
 * and the states of proxies, of proxies at targets, and of targets. One thread, the watcher, owns
 * all of it.
 */
@NullMarked
package io.tradeflood.proxyter.health;

import org.jspecify.annotations.NullMarked;
