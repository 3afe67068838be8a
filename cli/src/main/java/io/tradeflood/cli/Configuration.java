package io.tradeflood.cli;

import io.tradeflood.TradeFlood;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.Rotation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What a configuration file says.
 *
 * @param hosts other addresses of connectors, by host name
 * @param settings by host name or exchange, then by name
 * @param use types that win, by name
 * @param without types that are left out, by name
 * @param plugins folders with jars
 * @param deadline how long one run may take
 * @param routes which ways requests take
 */
record Configuration(
    Map<String, URI> hosts,
    Map<String, Map<String, String>> settings,
    List<String> use,
    List<String> without,
    List<Path> plugins,
    Optional<Duration> deadline,
    Routes routes) {

  static final Configuration EMPTY =
      new Configuration(
          Map.of(), Map.of(), List.of(), List.of(), List.of(), Optional.empty(), Routes.NONE);

  private static final List<String> KEYS =
      List.of("hosts", "settings", "use", "without", "plugins", "deadline", "proxyter", "routes");

  /** Tells the builder everything but the folders of plug-ins and the routes. */
  void applyTo(TradeFlood.Builder builder) {
    hosts.forEach(builder::host);
    settings.forEach((of, all) -> all.forEach((name, value) -> builder.setting(of, name, value)));
    use.forEach(builder::use);
    without.forEach(builder::without);
    deadline.ifPresent(builder::deadline);
  }

  /**
   * Reads a file in YAML; folders in it are relative to its own.
   *
   * @throws UsageException if it cannot be read or says something unknown; names the key
   */
  static Configuration read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var mapper =
          YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
      JsonNode root = mapper.readTree(in);
      return root.isMissingNode() || root.isNull() ? EMPTY : new Reader(file).configuration(root);
    } catch (JacksonException e) {
      var place = e.getLocation();
      throw new UsageException(
          "%s:%d: not YAML: %s"
              .formatted(
                  file,
                  place == null ? 1 : place.getLineNr(),
                  Terminal.oneLine(e.getOriginalMessage())),
          e);
    } catch (IOException e) {
      throw new UsageException(
          "config %s: expected a readable YAML file: %s".formatted(file, Terminal.words(e)), e);
    }
  }

  /** The names of groups, or of tags, at most: all of what Proxyter is told has 255 bytes. */
  private static final int LONGEST = 60;

  /** Reads one file, whose name stands in each error. */
  private record Reader(Path file) {
    Configuration configuration(JsonNode root) {
      var keys = object("the file", root);
      for (String key : keys.keySet())
        if (!KEYS.contains(key))
          throw wrong(key, "is unknown: expected one of " + String.join(" ", KEYS));
      return new Configuration(
          hosts(keys),
          settings(keys),
          texts("use", keys),
          texts("without", keys),
          texts("plugins", keys).stream().map(this::folder).toList(),
          Optional.ofNullable(keys.get("deadline"))
              .map(d -> length("deadline", text("deadline", d))),
          new Routes(Optional.ofNullable(keys.get("proxyter")).map(this::proxyter), wishes(keys)));
    }

    /** An address alone, or a mapping. */
    private ProxyterAddress proxyter(JsonNode value) {
      if (value.isValueNode()) return proxyter("proxyter", text("proxyter", value));
      var keys = only("proxyter", value, List.of("url", "secret", "admin", "token"));
      if (!keys.containsKey("url"))
        throw wrong("proxyter.url", "is missing: expected Proxyter's address as http://HOST:PORT");
      var address = proxyter("proxyter.url", text("proxyter.url", keys.get("url")));
      if (keys.containsKey("secret"))
        address = address.secret(text("proxyter.secret", keys.get("secret")));
      if (keys.containsKey("token") && !keys.containsKey("admin"))
        throw wrong("proxyter.token", "is for the admin port: add proxyter.admin");
      if (!keys.containsKey("admin")) return address;
      return address.admin(
          SetupOptions.address(
              file + ": proxyter.admin", text("proxyter.admin", keys.get("admin"))),
          Optional.ofNullable(keys.get("token")).map(token -> text("proxyter.token", token)));
    }

    private ProxyterAddress proxyter(String key, String text) {
      return Routes.proxyter(file + ": " + key, text);
    }

    private Map<String, Routes.Wish> wishes(Map<String, JsonNode> keys) {
      var wishes = new LinkedHashMap<String, Routes.Wish>();
      entries("routes", keys)
          .forEach((type, value) -> wishes.put(type, wish("routes." + type, value)));
      return wishes;
    }

    private Routes.Wish wish(String key, JsonNode value) {
      if (value.isValueNode()) return Routes.wish(file + ": " + key, text(key, value));
      var keys = only(key, value, List.of("rotate", "addresses", "groups", "tags"));
      return new Routes.Wish.ByProxyter(
          rotation(key, keys),
          names(key + ".groups", "groups", keys),
          names(key + ".tags", "tags", keys));
    }

    private Rotation rotation(String key, Map<String, JsonNode> keys) {
      String rotate =
          keys.containsKey("rotate") ? text(key + ".rotate", keys.get("rotate")) : "never";
      Optional<String> addresses =
          Optional.ofNullable(keys.get("addresses")).map(n -> text(key + ".addresses", n));
      if (rotate.equals("never")) {
        if (addresses.isEmpty() || addresses.get().equals("1")) return Rotation.never();
        throw wrong(key + ".addresses", "is for a rotation: add rotate: on-ban or rotate: spread");
      }
      if (!rotate.equals("on-ban") && !rotate.equals("spread"))
        throw wrong(
            key + ".rotate", "is \"%s\": expected never, on-ban or spread".formatted(rotate));
      int count = addresses.filter(n -> n.matches("[0-9]{1,4}")).map(Integer::parseInt).orElse(0);
      if (count < 2 || count > Rotation.MOST)
        throw wrong(
            key + ".addresses",
            "is %s: expected how many addresses may be used, 2 to %d"
                .formatted(addresses.map(n -> "\"" + n + "\"").orElse("missing"), Rotation.MOST));
      return rotate.equals("spread") ? Rotation.spread(count) : Rotation.onBan(count);
    }

    /** Names that fit into what Proxyter is told. */
    private List<String> names(String key, String name, Map<String, JsonNode> keys) {
      var names = texts(name, keys);
      if (names.stream().anyMatch(String::isBlank))
        throw wrong(key, "has an empty name: expected a list of names");
      if (String.join("+", names).length() > LONGEST)
        throw wrong(key, "is longer than %d characters: name fewer".formatted(LONGEST));
      return names;
    }

    private SequencedMap<String, JsonNode> only(String key, JsonNode value, List<String> known) {
      var keys = object(key, value);
      for (String one : keys.keySet())
        if (!known.contains(one))
          throw wrong(key + "." + one, "is unknown: expected one of " + String.join(" ", known));
      return keys;
    }

    private Map<String, URI> hosts(Map<String, JsonNode> keys) {
      var hosts = new LinkedHashMap<String, URI>();
      entries("hosts", keys)
          .forEach(
              (name, value) -> {
                String key = "hosts." + name;
                hosts.put(name, SetupOptions.address(file + ": " + key, text(key, value)));
              });
      return hosts;
    }

    private Map<String, Map<String, String>> settings(Map<String, JsonNode> keys) {
      var settings = new LinkedHashMap<String, Map<String, String>>();
      entries("settings", keys)
          .forEach(
              (of, names) -> {
                var values = new LinkedHashMap<String, String>();
                String key = "settings." + of;
                object(key, names)
                    .forEach((name, value) -> values.put(name, text(key + "." + name, value)));
                settings.put(of, values);
              });
      return settings;
    }

    private Path folder(String text) {
      return file.toAbsolutePath().resolveSibling(text);
    }

    private Duration length(String key, String text) {
      try {
        var length =
            Duration.parse(text.startsWith("P") ? text : "PT" + text.toUpperCase(Locale.ROOT));
        if (length.isPositive()) return length;
      } catch (DateTimeParseException _) {
        // told below, like lengths that are not positive
      }
      throw wrong(
          key, "is \"%s\": expected a length of time such as 30s, 5m or 2h".formatted(text));
    }

    private SequencedMap<String, JsonNode> entries(String key, Map<String, JsonNode> keys) {
      JsonNode value = keys.get(key);
      return value == null ? new LinkedHashMap<>() : object(key, value);
    }

    private SequencedMap<String, JsonNode> object(String key, JsonNode value) {
      if (!value.isObject())
        throw wrong(key, "is no mapping: expected lines of the form \"name: value\"");
      var entries = new LinkedHashMap<String, JsonNode>();
      for (var entry : value.properties()) entries.put(entry.getKey(), entry.getValue());
      return entries;
    }

    /** A list of texts, or one text alone. */
    private List<String> texts(String key, Map<String, JsonNode> keys) {
      JsonNode value = keys.get(key);
      if (value == null) return List.of();
      if (!value.isArray()) return List.of(text(key, value));
      var texts = new ArrayList<String>();
      for (JsonNode element : value) texts.add(text(key, element));
      return texts;
    }

    private String text(String key, JsonNode value) {
      if (!value.isValueNode() || value.isNull())
        throw wrong(key, "is no text: expected one value");
      return value.asString();
    }

    private UsageException wrong(String key, String what) {
      return new UsageException("%s: %s %s".formatted(file, key, what));
    }
  }
}
