package io.tradeflood.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * What a client read, as rows of words by the kind of row: {@code candle}, {@code trade}, {@code
 * aggTrade}, {@code bid}, {@code ask}, {@code ticker}. What a client does not give is {@value
 * #NOTHING}.
 */
record Said(Map<String, List<List<String>>> rows) {
  static final String NOTHING = "-";

  Said() {
    this(new LinkedHashMap<>());
  }

  void add(String kind, Object... values) {
    rows.computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(Arrays.stream(values).map(Said::word).toList());
  }

  private static String word(Object value) {
    return switch (value) {
      case null -> NOTHING;
      case BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }

  /** Reads lines of a kind and its values, apart by blanks. */
  static Said read(List<String> lines) {
    var said = new Said();
    for (var line : lines) {
      var words = line.split(" ");
      said.add(words[0], (Object[]) Arrays.copyOfRange(words, 1, words.length));
    }
    return said;
  }

  /** Fails unless another client says the same of these kinds, value by value. */
  void isWhatIsSaidBy(
      String client, Said other, BiPredicate<String, String> equal, String... kinds) {
    for (var kind : kinds) {
      var ours = rows.getOrDefault(kind, List.of());
      var theirs = other.rows.getOrDefault(kind, List.of());
      assertThat(ours).as("our rows of %s", kind).isNotEmpty();
      assertThat(theirs).as("%s's rows of %s", client, kind).hasSameSizeAs(ours);
      for (int i = 0; i < ours.size(); i++)
        assertThat(theirs.get(i))
            .as("%s's %s number %d", client, kind, i)
            .usingElementComparator((a, b) -> isSame(a, b, equal) ? 0 : 1)
            .isEqualTo(ours.get(i));
    }
  }

  private static boolean isSame(String one, String other, BiPredicate<String, String> equal) {
    return one.equals(other)
        || one.equals(NOTHING)
        || other.equals(NOTHING)
        || equal.test(one, other);
  }

  /** How many values of a kind are given. */
  long given(String kind) {
    return rows.getOrDefault(kind, List.of()).stream()
        .flatMap(List::stream)
        .filter(word -> !word.equals(NOTHING))
        .count();
  }

  /** Whether two words are one number, however it is written. */
  static boolean isSameDecimal(String one, String other) {
    return isNumber(one)
        && isNumber(other)
        && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
  }

  /** Whether two words are one number for somebody who has doubles only. */
  static boolean isSameDouble(String one, String other) {
    return isNumber(one)
        && isNumber(other)
        && Double.compare(Double.parseDouble(one), Double.parseDouble(other)) == 0;
  }

  private static boolean isNumber(String word) {
    return word.matches("-?[0-9.]+([eE][-+]?[0-9]+)?");
  }
}
