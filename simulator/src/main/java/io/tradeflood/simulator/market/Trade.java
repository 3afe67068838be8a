package io.tradeflood.simulator.market;

/**
 * One trade.
 *
 * @param id its number as the venue writes it
 * @param order the number of the order that traded: trades of one order have the same price, side
 *     and time
 * @param time milliseconds since 1970
 * @param price in units of the price scale
 * @param size in units of the size scale
 * @param sold whether the taker sold
 */
public record Trade(long id, long order, long time, long price, long size, boolean sold) {}
