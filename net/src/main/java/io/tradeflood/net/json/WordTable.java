package io.tradeflood.net.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Remembers short texts by their bytes, so that one which repeats is made once. A place holds one
 * text, the latest; so the table never grows, whatever a payload holds.
 */
final class WordTable {

  /** Texts longer than this are made anew each time. */
  static final int LONGEST = 32;

  private static final int PLACES = 256;
  private static final int WORDS = LONGEST / Long.BYTES;

  private final @Nullable String[] texts = new String[PLACES];
  private final long[] keys = new long[PLACES * WORDS];

  /** The text of plain ASCII bytes, at most {@link #LONGEST} of them. */
  String text(byte[] bytes, int from, int to) {
    int length = to - from;
    long first = part(bytes, from, to);
    if (length <= Long.BYTES) {
      return text(bytes, from, length, first, 0, 0, 0);
    }
    return text(
        bytes,
        from,
        length,
        first,
        part(bytes, from + 8, to),
        part(bytes, from + 16, to),
        part(bytes, from + 24, to));
  }

  private static long part(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length <= 0) {
      return 0;
    }
    // A whole word is read where the array allows it: cutting it is cheaper than byte by byte.
    long word = Swar.load(bytes, from, bytes.length);
    return length >= Long.BYTES ? word : word & Swar.mask(length);
  }

  private String text(byte[] bytes, int from, int length, long a, long b, long c, long d) {
    long mixed = (a ^ Long.rotateLeft(b, 21) ^ Long.rotateLeft(c, 42) ^ d) * 0x9E3779B97F4A7C15L;
    int place = (int) (mixed >>> 56);
    int key = place * WORDS;
    String known = texts[place];
    if (known != null
        && keys[key] == a
        && keys[key + 1] == b
        && keys[key + 2] == c
        && keys[key + 3] == d) {
      return known;
    }
    String made = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    texts[place] = made;
    keys[key] = a;
    keys[key + 1] = b;
    keys[key + 2] = c;
    keys[key + 3] = d;
    return made;
  }
}
