package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.config.UpstreamUrl;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets in: what is shown of the configuration has {@code ***} in their place, and what
 * comes back with that means the secret that is there.
 */
final class Secrets {
  static final String MASK = "***";

  private Secrets() {}

  /** The whole document without its secrets. */
  static Map<String, Object> masked(Map<String, Object> tree) {
    var masked = new LinkedHashMap<String, Object>();
    tree.forEach((section, value) -> masked.put(section, maskedSection(section, value)));
    return masked;
  }

  private static Object maskedSection(String section, Object value) {
    if (!(value instanceof Map<?, ?> map)) return value;
    if (section.equals("admin")) return maskedEntry(section, strings(map));
    var masked = new LinkedHashMap<String, Object>();
    map.forEach(
        (id, entry) ->
            masked.put(
                String.valueOf(id),
                entry instanceof Map<?, ?> inner ? maskedEntry(section, strings(inner)) : entry));
    return masked;
  }

  /** One entry of a section without its secrets. */
  static Map<String, Object> maskedEntry(String section, Map<String, Object> entry) {
    var masked = new LinkedHashMap<>(entry);
    masked.replaceAll((key, value) -> masked(section, key, value));
    return masked;
  }

  private static Object masked(String section, String key, @Nullable Object value) {
    if (value == null) return "";
    return switch (section + "." + key) {
      case "admin.token", "clients.secret", "callbacks.secret" -> MASK;
      case "proxies.url" -> maskedProxy(String.valueOf(value));
      case "callbacks.url" -> maskedCallback(String.valueOf(value));
      default -> value;
    };
  }

  private static String maskedProxy(String url) {
    try {
      return UpstreamUrl.parse(url).toString();
    } catch (IllegalArgumentException _) {
      return MASK;
    }
  }

  /** Receivers are often let in by a word in the path. */
  private static String maskedCallback(String url) {
    try {
      URI uri = URI.create(url);
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      boolean plain = path.length() <= 1 && uri.getRawQuery() == null;
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String user = uri.getRawUserInfo() == null ? "" : MASK + "@";
      return uri.getScheme() + "://" + user + uri.getHost() + port + (plain ? path : "/" + MASK);
    } catch (IllegalArgumentException _) {
      return MASK;
    }
  }

  /** A whole document as it came back, with the secrets that are there. */
  static Map<String, Object> restored(Map<String, Object> given, Map<String, Object> current) {
    var restored = new LinkedHashMap<>(given);
    restored.replaceAll(
        (section, value) -> {
          if (!(value instanceof Map<?, ?> map)) return value;
          Map<String, Object> old = section(current, section);
          if (section.equals("admin")) return restoredEntry(section, "", strings(map), old);
          var entries = strings(map);
          entries.replaceAll(
              (id, entry) ->
                  entry instanceof Map<?, ?> inner
                      ? restoredEntry(section, id, strings(inner), section(old, id))
                      : entry);
          return entries;
        });
    return restored;
  }

  /**
   * One entry as it came back.
   *
   * @throws Problem 422 if it has a mask in the place of a secret that is not there
   */
  static Map<String, Object> restoredEntry(
      String section, String id, Map<String, Object> given, Map<String, Object> current) {
    var restored = new LinkedHashMap<>(given);
    restored.replaceAll(
        (key, value) -> {
          if (!String.valueOf(value).contains(MASK)) return value;
          Object old = current.get(key);
          if (old != null && Objects.equals(masked(section, key, old), value)) return old;
          boolean secret = masked(section, key, "http://x:y@z/p").toString().contains(MASK);
          if (!secret) return value;
          throw Problem.of(
              422,
              "%s.%s holds ***, which stands for a secret that is kept: write the secret, or all of it as it was read"
                  .formatted(id.isEmpty() ? section : section + "." + id, key));
        });
    return restored;
  }

  /** What is under the key, if that is an object; else nothing. */
  static Map<String, Object> section(Map<String, Object> tree, String key) {
    return tree.get(key) instanceof Map<?, ?> map ? strings(map) : Map.of();
  }

  static Map<String, Object> strings(Map<?, ?> map) {
    var copy = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
