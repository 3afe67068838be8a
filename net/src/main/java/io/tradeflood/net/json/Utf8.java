package io.tradeflood.net.json;

/** The rules of UTF-8, as far as a scanner needs them. */
final class Utf8 {

  private Utf8() {}

  /**
   * The length of the character above ASCII which begins at a place, 2 to 4; 0 when the bytes are
   * no UTF-8: cut short, overlong, a surrogate, or beyond the last code point.
   */
  static int length(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xFF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return continues(bytes, at + 1, end) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      boolean whole = continues(bytes, at + 1, end) && continues(bytes, at + 2, end);
      return whole && secondOfThree(lead, bytes[at + 1] & 0xFF) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      boolean whole =
          continues(bytes, at + 1, end)
              && continues(bytes, at + 2, end)
              && continues(bytes, at + 3, end);
      return whole && secondOfFour(lead, bytes[at + 1] & 0xFF) ? 4 : 0;
    }
    return 0;
  }

  private static boolean continues(byte[] bytes, int at, int end) {
    return at < end && (bytes[at] & 0xC0) == 0x80;
  }

  private static boolean secondOfThree(int lead, int second) {
    return !(lead == 0xE0 && second < 0xA0) && !(lead == 0xED && second > 0x9F);
  }

  private static boolean secondOfFour(int lead, int second) {
    return !(lead == 0xF0 && second < 0x90) && !(lead == 0xF4 && second > 0x8F);
  }
}
