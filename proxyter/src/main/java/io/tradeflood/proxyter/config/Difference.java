package io.tradeflood.proxyter.config;

import io.tradeflood.proxyter.config.Document.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one configuration changes of another, by section and id; never with a value, which may be
 * secret.
 *
 * @param entries what is different, in the order of the document
 */
public record Difference(List<Entry> entries) {

  public Difference {
    entries = List.copyOf(entries);
  }

  /** What became of an entry. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /**
   * One entry that is different.
   *
   * @param section such as {@code proxies}
   * @param id such as {@code fr-7}; of a section without ids the key; empty of a single value
   * @param keys what of a changed entry is different, where it has keys
   */
  public record Entry(Kind kind, String section, String id, List<String> keys) {
    public Entry {
      keys = List.copyOf(keys);
    }

    /** In words, such as {@code proxies.fr-7 changed (weight)}. */
    @Override
    public String toString() {
      return new Place(section, id)
          + " "
          + kind.name().toLowerCase(java.util.Locale.ROOT)
          + (keys.isEmpty() ? "" : " (" + String.join(", ", keys) + ")");
    }
  }

  /** What the second document, a tree of maps and lists, changes of the first. */
  public static Difference between(Map<?, ?> before, Map<?, ?> after) {
    return between(Document.of(before), Document.of(after));
  }

  /** What the second changes of the first. */
  static Difference between(Document before, Document after) {
    Map<Place, Object> old = before.entries();
    Map<Place, Object> fresh = after.entries();
    var entries = new ArrayList<Entry>();
    for (Place place : before.placesWith(after)) {
      Object from = old.get(place);
      Object to = fresh.get(place);
      if (Objects.equals(from, to)) continue;
      Kind kind = from == null ? Kind.ADDED : to == null ? Kind.REMOVED : Kind.CHANGED;
      entries.add(new Entry(kind, place.section(), place.id(), keys(from, to)));
    }
    return new Difference(entries);
  }

  private static List<String> keys(
      @org.jspecify.annotations.Nullable Object from,
      @org.jspecify.annotations.Nullable Object to) {
    if (!(from instanceof Map<?, ?> old) || !(to instanceof Map<?, ?> fresh)) return List.of();
    var keys = new TreeSet<String>();
    for (Map<?, ?> each : List.of(old, fresh))
      for (Object key : each.keySet())
        if (!Objects.equals(old.get(key), fresh.get(key))) keys.add(String.valueOf(key));
    return List.copyOf(keys);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** In one line of words. */
  @Override
  public String toString() {
    return isEmpty()
        ? "nothing changed"
        : entries.stream().map(Entry::toString).collect(Collectors.joining("; "));
  }
}
