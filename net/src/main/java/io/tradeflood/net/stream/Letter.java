package io.tradeflood.net.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * A message about the first of some channels.
 *
 * @param channels how many of them it is about
 * @param text the message; empty if the exchange wants none
 */
record Letter(int channels, String text) {

  /**
   * About as many as the exchange takes in one message.
   *
   * @param names at least one
   * @param words makes the message
   */
  static Letter of(
      List<String> names, StreamLimits.Channels limits, Function<List<String>, String> words) {
    int size = Math.min(names.size(), limits.perMessage());
    String text = words.apply(names.subList(0, size));
    while (size > 1 && text.getBytes(StandardCharsets.UTF_8).length > limits.bytes()) {
      size = (size + 1) / 2;
      text = words.apply(names.subList(0, size));
    }
    return new Letter(size, text);
  }
}
