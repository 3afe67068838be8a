package io.tradeflood;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Words for what is unknown: what was perhaps meant, and what there is. */
final class Near {
  private static final int SHOWN = 12;

  private Near() {}

  /** One line, such as {@code Unknown exchange binanse: did you mean binance? Known: ...}. */
  static String unknown(String what, String word, Collection<String> known) {
    return told(new StringBuilder("Unknown ").append(what).append(' ').append(word), word, known);
  }

  /** The same for what something else has, such as {@code Unknown model candel of binance: ...}. */
  static String unknown(String what, String word, String owner, Collection<String> known) {
    return told(new StringBuilder("Unknown %s %s of %s".formatted(what, word, owner)), word, known);
  }

  private static String told(StringBuilder text, String word, Collection<String> known) {
    text.append(':');
    nearest(word, known).ifPresent(near -> text.append(" did you mean ").append(near).append('?'));
    if (known.isEmpty()) return text.append(" there is none").toString();
    text.append(text.charAt(text.length() - 1) == '?' ? " Known: " : " known: ");
    text.append(String.join(", ", known.stream().sorted().limit(SHOWN).toList()));
    if (known.size() > SHOWN) text.append(" and ").append(known.size() - SHOWN).append(" more");
    return text.toString();
  }

  static Optional<String> nearest(String word, Collection<String> known) {
    String small = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> distance(small, k.toLowerCase(Locale.ROOT)) <= Math.max(1, k.length() / 3))
        .min(
            Comparator.<String>comparingInt(k -> distance(small, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** How many letters must be added, left out or exchanged to make one of the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) row[j] = j;
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? diagonal : diagonal + 1;
        row[j] = Math.min(same, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
