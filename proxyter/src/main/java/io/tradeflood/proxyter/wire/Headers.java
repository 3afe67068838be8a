package io.tradeflood.proxyter.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The header fields of a message, in their order; names are found whatever their case. */
public final class Headers {
  private final List<String> names = new ArrayList<>(8);
  private final List<String> values = new ArrayList<>(8);

  Headers() {}

  void add(String name, String value) {
    names.add(name);
    values.add(value);
  }

  public int size() {
    return names.size();
  }

  /** The value of the first field of the name. */
  public Optional<String> first(String name) {
    int place = place(name, 0);
    return place < 0 ? Optional.empty() : Optional.of(values.get(place));
  }

  /** The values of all fields of the name. */
  public List<String> all(String name) {
    var found = new ArrayList<String>(2);
    for (int i = place(name, 0); i >= 0; i = place(name, i + 1)) found.add(values.get(i));
    return found;
  }

  public boolean has(String name) {
    return place(name, 0) >= 0;
  }

  /** Whether a field that lists words, such as {@code Connection}, holds the word. */
  public boolean lists(String name, String word) {
    return words(name).contains(word);
  }

  /** The words, in small letters, of all fields of a name that lists words. */
  public List<String> words(String name) {
    var words = new ArrayList<String>(2);
    for (String value : all(name))
      for (String word : value.split(",", -1))
        if (!word.isBlank()) words.add(word.strip().toLowerCase(Locale.ROOT));
    return words;
  }

  /** Every field as it came. */
  public void forEach(BiConsumer<String, String> each) {
    for (int i = 0; i < names.size(); i++) each.accept(names.get(i), values.get(i));
  }

  private int place(String name, int from) {
    for (int i = from; i < names.size(); i++) if (names.get(i).equalsIgnoreCase(name)) return i;
    return -1;
  }
}
