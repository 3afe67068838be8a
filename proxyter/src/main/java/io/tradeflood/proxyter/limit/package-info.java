/**
 * Limits: how much may be open at once, how fast, and how much in a window of time; and their use.
 */
@NullMarked
package io.tradeflood.proxyter.limit;

import org.jspecify.annotations.NullMarked;
