package io.tradeflood.net;

import io.tradeflood.connector.Limit;
import java.util.Optional;
import java.util.OptionalLong;

/** What the headers of an answer tell of a limit. */
final class Told {
  private Told() {}

  /** How much of its window is used; empty if the headers do not say. */
  static OptionalLong used(Limit limit, HttpReply reply) {
    var used = number(limit.usedHeader(), reply);
    if (used.isPresent()) return used;
    var left = number(limit.leftHeader(), reply);
    return left.isPresent()
        ? OptionalLong.of(Math.max(0, limit.capacity() - left.getAsLong()))
        : OptionalLong.empty();
  }

  private static OptionalLong number(Optional<String> header, HttpReply reply) {
    var text = header.flatMap(reply::header).map(String::strip);
    if (text.isEmpty() || !text.get().matches("[0-9]{1,15}")) return OptionalLong.empty();
    return OptionalLong.of(Long.parseLong(text.get()));
  }
}
