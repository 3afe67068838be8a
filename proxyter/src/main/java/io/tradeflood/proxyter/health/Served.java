package io.tradeflood.proxyter.health;

/**
 * A target that has served somebody.
 *
 * @param origin our name for it
 * @param target {@code host:port}
 * @param at when it did last, in milliseconds since 1970
 */
public record Served(String origin, String target, long at) {}
