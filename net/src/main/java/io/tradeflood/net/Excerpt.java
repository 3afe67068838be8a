package io.tradeflood.net;

import java.nio.charset.StandardCharsets;

/** The beginning of a payload, fit to stand in a line. */
final class Excerpt {
  private static final int LENGTH = 80;

  private Excerpt() {}

  static String of(String payload) {
    return of(payload.getBytes(StandardCharsets.UTF_8));
  }

  /** In quotes; what cannot be shown is replaced. */
  static String of(byte[] payload) {
    if (payload.length == 0) return "nothing";
    int length = Math.min(payload.length, LENGTH * 2);
    var text = new StringBuilder(LENGTH + 5).append('"');
    new String(payload, 0, length, StandardCharsets.UTF_8)
        .strip()
        .replaceAll("\\s+", " ")
        .codePoints()
        .limit(LENGTH)
        .forEach(c -> text.appendCodePoint(Character.isISOControl(c) || c == 0xFFFD ? '.' : c));
    return text.append(payload.length > LENGTH ? "…\"" : "\"").toString();
  }
}
