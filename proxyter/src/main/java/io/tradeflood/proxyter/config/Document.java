package io.tradeflood.proxyter.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A configuration's document as entries by their place, so that two of them can be compared and one
 * can be laid over another: an entry is a proxy, a group, a route..., or one key of a section that
 * has no ids. Never changed.
 */
final class Document {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
  private static final Set<String> BY_ID =
      Set.of("clients", "proxies", "groups", "routes", "origins", "callbacks");

  /** Where an entry is: of a section that is one value alone, the id is empty. */
  record Place(String section, String id) {
    @Override
    public String toString() {
      return id.isEmpty() ? section : section + "." + id;
    }

    static Place parse(String text) {
      int dot = text.indexOf('.');
      return dot < 0
          ? new Place(text, "")
          : new Place(text.substring(0, dot), text.substring(dot + 1));
    }
  }

  private final Map<Place, Object> entries;

  Document(Map<Place, Object> entries) {
    this.entries = new LinkedHashMap<>(entries);
  }

  /**
   * Reads YAML or JSON.
   *
   * @throws SettingsException if it is none
   */
  static Object parse(String text) {
    try {
      Object tree = text.isBlank() ? Map.of() : YAML.readValue(text, Object.class);
      return tree == null ? Map.of() : tree;
    } catch (JacksonException e) {
      throw new SettingsException(
          List.of(
              "the configuration is no YAML: line %d, column %d: %s"
                  .formatted(
                      e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                      e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                      e.getOriginalMessage().lines().findFirst().orElse(""))));
    }
  }

  /** The entries of a tree of maps and lists. What cannot be an entry is left to whoever checks. */
  static Document of(Object tree) {
    var entries = new LinkedHashMap<Place, Object>();
    if (tree instanceof Map<?, ?> map)
      map.forEach(
          (key, value) -> {
            if (value != null) section(String.valueOf(key), value, entries);
          });
    return new Document(entries);
  }

  private static void section(String name, Object value, Map<Place, Object> entries) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach(
              (id, entry) -> {
                // An id without anything stands for defaults alone.
                Object whole = entry == null && BY_ID.contains(name) ? Map.of() : entry;
                if (whole != null)
                  entries.put(new Place(name, String.valueOf(id)), entry(name, whole));
              });
      case List<?> list when BY_ID.contains(name) -> {
        for (Object each : list)
          if (entry(name, each) instanceof Map<?, ?> map) {
            var entry = new LinkedHashMap<String, Object>();
            map.forEach((key, part) -> entry.put(String.valueOf(key), part));
            Object id = entry.remove("id");
            if (id == null) id = SettingsReader.idOf(String.valueOf(entry.getOrDefault("url", "")));
            entries.put(new Place(name, String.valueOf(id)), entry);
          }
      }
      default -> entries.put(new Place(name, ""), copy(value));
    }
  }

  private static Object entry(String section, Object value) {
    boolean url = section.equals("proxies") || section.equals("callbacks");
    if (!url || !(value instanceof String)) return copy(value);
    var entry = new LinkedHashMap<String, Object>();
    entry.put("url", value);
    return entry;
  }

  /** A copy whose maps and lists can be changed; keys are texts. */
  static Object copy(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach(
            (key, each) -> {
              if (each != null) copy.put(String.valueOf(key), copy(each));
            });
        yield copy;
      }
      case List<?> list -> {
        var copy = new ArrayList<Object>();
        for (Object each : list) if (each != null) copy.add(copy(each));
        yield copy;
      }
      default -> value;
    };
  }

  Map<Place, Object> entries() {
    return new LinkedHashMap<>(entries);
  }

  /** Every place of either. */
  Set<Place> placesWith(Document other) {
    var places = new LinkedHashSet<>(entries.keySet());
    places.addAll(other.entries.keySet());
    return places;
  }

  /** The document as maps, whose proxies and callbacks are by id, too; they can be changed. */
  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    entries.forEach(
        (place, value) -> {
          if (place.id().isEmpty()) tree.put(place.section(), copy(value));
          else
            tree.merge(
                place.section(),
                copy(Map.of(place.id(), value)),
                (section, one) -> {
                  if (section instanceof Map<?, ?> old) {
                    var both = new LinkedHashMap<Object, Object>(old);
                    both.putAll((Map<?, ?>) one);
                    return both;
                  }
                  return one;
                });
        });
    return tree;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Document document && entries.equals(document.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** The places alone: values may be secret. */
  @Override
  public String toString() {
    return "Document" + entries.keySet();
  }
}
