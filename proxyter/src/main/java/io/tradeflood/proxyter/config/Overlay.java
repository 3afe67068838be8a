package io.tradeflood.proxyter.config;

import io.tradeflood.proxyter.config.Document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was changed while running, laid over a document: entries, and places that are removed. */
final class Overlay {
  private static final String REMOVED = "removed";

  /** Nothing. */
  static final Overlay NONE = new Overlay(Map.of());

  /** Empty at a place that is removed. */
  private final Map<Place, Optional<Object>> entries;

  private Overlay(Map<Place, Optional<Object>> entries) {
    this.entries = new LinkedHashMap<>(entries);
  }

  /** As {@link #tree} wrote it. */
  static Overlay of(Map<String, Object> tree) {
    var entries = new LinkedHashMap<Place, Optional<Object>>();
    var rest = new LinkedHashMap<>(tree);
    if (rest.remove(REMOVED) instanceof List<?> places)
      for (Object place : places) entries.put(Place.parse(String.valueOf(place)), Optional.empty());
    Document.of(rest).entries().forEach((place, value) -> entries.put(place, Optional.of(value)));
    return new Overlay(entries);
  }

  /** The entries, and the removed places in a list under {@code removed}. */
  Map<String, Object> tree() {
    var present = new LinkedHashMap<Place, Object>();
    var removed = new ArrayList<String>();
    entries.forEach(
        (place, value) ->
            value.ifPresentOrElse(v -> present.put(place, v), () -> removed.add(place.toString())));
    Map<String, Object> tree = new Document(present).tree();
    if (!removed.isEmpty()) tree.put(REMOVED, removed);
    return tree;
  }

  Document over(Document below) {
    Map<Place, Object> all = below.entries();
    entries.forEach(
        (place, value) -> {
          if (value.isPresent()) all.put(place, value.get());
          else all.remove(place);
        });
    return new Document(all);
  }

  Overlay over(Overlay below) {
    var all = new LinkedHashMap<>(below.entries);
    all.putAll(entries);
    return new Overlay(all);
  }

  Overlay without(Place place) {
    var less = new LinkedHashMap<>(entries);
    less.remove(place);
    return new Overlay(less);
  }

  /**
   * What is needed at the place to have the value there, above a document. What is changed stays
   * where it was among the others: the first group is the one that traffic leaves by first.
   *
   * @param value empty if there is to be none
   */
  Overlay with(Place place, Optional<Object> value, Document below) {
    if (Optional.ofNullable(below.entries().get(place)).equals(value)) return without(place);
    var more = new LinkedHashMap<>(entries);
    more.put(place, value);
    return new Overlay(more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Overlay overlay && entries.equals(overlay.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "Overlay" + entries.keySet();
  }
}
