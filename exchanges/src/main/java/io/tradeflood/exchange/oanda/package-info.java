/**
 * OANDA: prices of currencies, metals and contracts on other things, by an HTTP answer that never
 * ends. Needs a token and an account, which a practice account has too. Facts are those of the
 * specification of its API, version 20, and of the guide at developer.oanda.com.
 */
@NullMarked
package io.tradeflood.exchange.oanda;

import org.jspecify.annotations.NullMarked;
