package io.tradeflood;

import io.tradeflood.model.RecordSchema;
import io.tradeflood.model.Symbol;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Symbols as users write them to choose some of many: in full, by name, or with a star. */
final class Patterns {
  private Patterns() {}

  /** Whether it stands for more than one. */
  static boolean isGlob(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** Whether the whole text is what the glob says; a star is any letters, also none. */
  static Predicate<String> glob(String glob) {
    var regex = new StringBuilder();
    for (char c : glob.toCharArray())
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    return Pattern.compile(regex.toString()).asMatchPredicate();
  }

  /**
   * Chooses rows by their {@link Symbol}, or by a text called {@code name}; takes all if there is
   * nothing to choose by.
   */
  static Predicate<Object> rows(Class<?> model, List<String> patterns) {
    var schema = RecordSchema.of(model);
    Optional<RecordSchema.Component> symbol =
        schema.components().stream().filter(c -> c.type() == Symbol.class).findFirst();
    Optional<RecordSchema.Component> name =
        schema.component("name").filter(c -> c.type() == String.class);
    if (patterns.isEmpty() || symbol.isEmpty() && name.isEmpty()) return _ -> true;
    List<Predicate<String>> tests = patterns.stream().map(Patterns::glob).toList();
    return row -> {
      var texts =
          List.of(
              symbol.flatMap(c -> c.value(row)).map(Object::toString).orElse(""),
              name.flatMap(c -> c.value(row)).map(Object::toString).orElse(""));
      return texts.stream().anyMatch(t -> tests.stream().anyMatch(test -> test.test(t)));
    };
  }
}
