/**
 * The data path: takes clients in, finds each a proxy, and carries the bytes. What it decides by is
 * one immutable snapshot; what it sees it tells the watcher.
 */
@NullMarked
package io.tradeflood.proxyter.gateway;

import org.jspecify.annotations.NullMarked;
