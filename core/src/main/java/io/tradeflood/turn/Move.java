package io.tradeflood.turn;

/**
 * That a call went on by another way than the one it was on, or was planned for; told by its
 * transport.
 *
 * @param from the way that was left, without secrets
 * @param to the way taken instead, without secrets
 * @param reason why, such as who had shut it out and until when
 */
public record Move(String from, String to, String reason) {}
