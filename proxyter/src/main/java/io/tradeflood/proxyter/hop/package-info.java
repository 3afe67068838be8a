/**
 * How proxies are reached and spoken to, and what their answers mean: for the data path and for
 * probes alike.
 */
@NullMarked
package io.tradeflood.proxyter.hop;

import org.jspecify.annotations.NullMarked;
