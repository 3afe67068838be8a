/**
 * Checks of all built-in exchanges: recorded payloads and requests, and the library wired for them.
 */
package io.tradeflood.exchange;
