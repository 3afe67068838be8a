package io.tradeflood.net;

/**
 * By what a limit is kept.
 *
 * @param limit the limit's label, such as {@code binance.spot-rest weight}
 * @param address the host that counts
 * @param tenant whose credentials are counted, empty if the exchange counts by address
 * @param egress the way that leads to the address from which requests come, see {@link Egress#key}
 */
record LimitKey(String limit, String address, String tenant, String egress) {}
