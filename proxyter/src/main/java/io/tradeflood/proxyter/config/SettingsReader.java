package io.tradeflood.proxyter.config;

import io.tradeflood.proxyter.payload.Payload;
import io.tradeflood.proxyter.payload.PayloadException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads the configuration's document and tells all that is wrong with it at once. */
public final class SettingsReader {
  /** The group that is there unsaid. */
  public static final String MAIN = "main";

  /** How the secrets of Standard Webhooks begin. */
  private static final String WHSEC = "whsec_";

  private final List<String> problems = new ArrayList<>();
  private Map<String, Settings.Proxy> proxies = Map.of();

  private SettingsReader() {}

  /**
   * Reads a file.
   *
   * @throws SettingsException if it cannot be read or used
   */
  public static Settings read(Path file) {
    try {
      return read(Files.readString(file));
    } catch (IOException e) {
      throw new SettingsException(
          List.of("the configuration %s cannot be read: %s".formatted(file, e.getMessage())));
    }
  }

  /**
   * Reads a document in YAML or JSON; an empty one has every default.
   *
   * @throws SettingsException if it cannot be used
   */
  public static Settings read(String document) {
    return of(Document.parse(document));
  }

  /**
   * Reads a document that is a tree of maps and lists already.
   *
   * @throws SettingsException if it cannot be used
   */
  public static Settings of(Object tree) {
    if (!(tree instanceof Map<?, ?> map))
      throw new SettingsException(List.of("the configuration is no structure of keys and values"));
    var reader = new SettingsReader();
    Settings settings = reader.settings(new Node("", map, reader.problems));
    if (!reader.problems.isEmpty()) throw new SettingsException(reader.problems);
    return settings;
  }

  private Settings settings(Node root) {
    proxies = proxies(root);
    var settings =
        new Settings(
            listen(root.node("listen")),
            admin(root.node("admin")),
            root.nodes("clients", this::client),
            proxies,
            root.nodes("groups", this::group),
            root.nodes("routes", this::route),
            root.nodes("origins", this::origin),
            root.entries("callbacks", this::callback),
            direct(root.node("direct")),
            health(root.node("health")),
            drain(root.node("drain")),
            root.text("stateFolder").map(Path::of));
    root.end(
        "listen, admin, clients, proxies, groups, routes, origins, callbacks, direct, health, drain, stateFolder");
    var whole = withDefaults(settings);
    problems.addAll(SettingsCheck.problems(whole));
    return whole;
  }

  private Settings.Listen listen(Node node) {
    var types = new TreeMap<Integer, String>();
    Node ports = node.node("types");
    for (String port : ports.keys()) {
      Optional<String> payload = ports.text(port);
      if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535)
        node.problem("listen.types.%s: expected a port of 1 to 65535".formatted(port));
      else payload.ifPresent(p -> types.put(Integer.parseInt(port), payload(port, p)));
    }
    var tls = node.node("tls");
    Optional<Path> certificate = tls.text("certificate").map(Path::of);
    Optional<Path> key = tls.text("key").map(Path::of);
    if (certificate.isPresent() != key.isPresent())
      node.problem("listen.tls needs both certificate and key, as paths of PEM files");
    tls.end("certificate, key");
    var listen =
        new Settings.Listen(
            node.parsed("address", Address::parse).orElse(new Address("127.0.0.1", 8900)),
            certificate.isPresent() && key.isPresent()
                ? Optional.of(new Settings.Tls(certificate.get(), key.get()))
                : Optional.empty(),
            types,
            node.flag("openTypes", false),
            node.number("maxClients", 1, 1_000_000, 20_000),
            node.duration("headTimeout", Duration.ofSeconds(10)),
            node.duration("idleTimeout", Duration.ofMinutes(1)),
            node.numbers("ports", Set.of()));
    node.end("address, tls, types, openTypes, maxClients, headTimeout, idleTimeout, ports");
    return listen;
  }

  private String payload(String port, String text) {
    try {
      return Payload.parse(text).toString();
    } catch (PayloadException e) {
      problems.add("listen.types.%s: %s".formatted(port, e.getMessage()));
      return "default";
    }
  }

  private Settings.Admin admin(Node node) {
    var admin =
        new Settings.Admin(
            node.parsed("address", Address::parse).orElse(new Address("127.0.0.1", 8901)),
            node.text("token"));
    node.end("address, token");
    return admin;
  }

  private Settings.Client client(Node node) {
    String name = last(node);
    Optional<String> secret = node.text("secret").filter(s -> !s.isEmpty());
    if (secret.isEmpty()) node.problem(node.path("secret") + " is missing: expected a text");
    var client = new Settings.Client(name, secret.orElse("?"), node.limits("limits"));
    node.end("secret, limits");
    return client;
  }

  private Map<String, Settings.Proxy> proxies(Node root) {
    var all = new LinkedHashMap<String, Settings.Proxy>();
    for (Settings.Proxy proxy : root.entries("proxies", this::proxy))
      if (all.put(proxy.id(), proxy) != null)
        problems.add(
            "proxies has the id '%s' twice: give each an id of its own".formatted(proxy.id()));
    return all;
  }

  private Settings.Proxy proxy(Node node) {
    Optional<String> text = node.text("url");
    UpstreamUrl url = UpstreamUrl.parse("direct");
    if (text.isEmpty()) node.problem(node.path("url") + " is missing: expected a proxy's URL");
    else
      try {
        url = UpstreamUrl.parse(text.get());
      } catch (IllegalArgumentException e) {
        node.problem(node.path("url") + ": " + e.getMessage());
      }
    var proxy =
        new Settings.Proxy(
            name(node, "id", node.text("id").orElse(idOf(text.orElse("")))),
            url,
            node.text("name"),
            node.text("provider"),
            new LinkedHashSet<>(node.texts("tags")),
            node.decimal("weight", 0.01, 100, 1),
            node.flag("enabled", true),
            node.text("trust").map(Path::of),
            node.limits("limits"));
    node.end("id, url, name, provider, tags, weight, enabled, trust, limits");
    return proxy;
  }

  /** An id for a proxy that has none of its own: the same for the same URL with its credentials. */
  public static String idOf(String url) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
      return "p-" + HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private String name(Node node, String key, String text) {
    if (!text.matches("[A-Za-z0-9._-]{1,64}"))
      node.problem(
          "%s is '%s': expected 1 to 64 of A-Z a-z 0-9 . _ -".formatted(node.path(key), text));
    return text;
  }

  private Settings.Group group(Node node) {
    String id = last(node);
    boolean all = hasAll(id, node::has);
    var members = new LinkedHashSet<>(node.texts("proxies"));
    var tags = new LinkedHashSet<>(node.texts("tags"));
    for (Settings.Proxy proxy : proxies.values())
      if (all || proxy.tags().stream().anyMatch(tags::contains)) members.add(proxy.id());
    var group =
        new Settings.Group(
            id, List.copyOf(members), tags, node.limits("limits"), node.limits("perProxy"));
    node.end("proxies, tags, limits, perProxy");
    return group;
  }

  /**
   * Whether a group has all proxies because it names nobody, as {@link #MAIN} alone can.
   *
   * @param says whether a key is given
   */
  public static boolean hasAll(String id, Predicate<String> says) {
    return id.equals(MAIN) && !says.test("proxies") && !says.test("tags");
  }

  private Settings.Route route(Node node) {
    String type = last(node);
    if (!type.equals("*"))
      try {
        var unused = Payload.parse(type);
      } catch (PayloadException e) {
        node.problem("routes: " + e.getMessage());
      }
    Node probe = node.node("probe");
    var route =
        new Settings.Route(
            type,
            node.texts("groups"),
            node.limits("limits"),
            node.number("tries", 1, 20, 3),
            node.duration("hedge"),
            node.duration("budget", Duration.ofSeconds(10)),
            node.number("queue", 0, 1_000_000, 1_000),
            node.duration("maxAge"),
            node.duration("maxIdle", Duration.ofMinutes(10)),
            node.durationOrZero("sessionTime", Duration.ofMinutes(10)),
            node.numbers("banOn", Set.of(418)),
            node.numbers("pauseOn", Set.of(429)),
            node.flag("closeOnBan", true),
            probe(probe));
    node.end(
        "groups, limits, tries, hedge, budget, queue, maxAge, maxIdle, sessionTime, banOn, pauseOn, closeOnBan, probe");
    return route;
  }

  private Optional<Settings.Probe> probe(Node node) {
    Optional<URI> url = node.parsed("url", SettingsReader::httpUrl);
    int expect = node.number("expect", 100, 599, 200);
    long cost = node.number("cost", 0, 1_000_000).orElse(1);
    node.end("url, expect, cost");
    return url.map(u -> new Settings.Probe(u, expect, cost));
  }

  private static URI httpUrl(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException _) {
      // Its message would repeat the text, with whatever is secret in it.
      throw new IllegalArgumentException("it is no URL: expected an http or https one");
    }
    if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) return url;
    boolean known = url.getHost() != null && url.getScheme() != null;
    throw new IllegalArgumentException(
        (known ? "'" + Settings.withoutSecrets(url) + "'" : "it")
            + " is no http or https URL: expected one such as https://ops.example.com/hook");
  }

  private Settings.Origin origin(Node node) {
    var origin = new Settings.Origin(last(node), node.texts("hosts"), node.limits("perProxy"));
    if (origin.hosts().isEmpty())
      node.problem(node.path("hosts") + " is missing: expected names such as api*.binance.com");
    node.end("hosts, perProxy");
    return origin;
  }

  private Settings.Callback callback(Node node) {
    if (!node.has("url"))
      node.problem(node.path("url") + " is missing: expected an http or https URL");
    Optional<URI> url = node.parsed("url", SettingsReader::httpUrl);
    String id = node.text("id").orElse(idOf(url.map(URI::toString).orElse("")));
    Optional<String> secret = node.text("secret");
    if (secret
        .filter(s -> s.startsWith(WHSEC) && !isBase64(s.substring(WHSEC.length())))
        .isPresent())
      node.problem(
          node.path("secret")
              + " begins with whsec_, but no base64 follows: correct it, or take another beginning");
    var callback =
        new Settings.Callback(
            name(node, "id", id),
            url.orElse(URI.create("http://127.0.0.1/")),
            secret,
            node.texts("events"));
    node.end("id, url, secret, events");
    return callback;
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getDecoder().decode(text).length > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private Settings.Direct direct(Node node) {
    var direct = new Settings.Direct(node.flag("allowPrivate", false));
    node.end("allowPrivate");
    return direct;
  }

  private Settings.Health health(Node node) {
    var controls = new ArrayList<Address>();
    for (String text : node.texts("controls"))
      try {
        controls.add(Address.parse(text));
      } catch (IllegalArgumentException e) {
        node.problem("health.controls: " + e.getMessage());
      }
    var health =
        new Settings.Health(
            node.duration("connectTimeout", Duration.ofSeconds(3)),
            node.duration("handshakeTimeout", Duration.ofSeconds(5)),
            node.duration("window", Duration.ofSeconds(30)),
            node.duration("backOffFirst", Duration.ofSeconds(5)),
            node.duration("backOffMost", Duration.ofMinutes(10)),
            node.durationOrZero("slowStart", Duration.ofSeconds(30)),
            node.number("probesAtOnce", 1, 1_000, 4),
            node.number("probesPerSecond", 1, 10_000, 20),
            node.decimal("panicShare", 0, 1, 0.5),
            node.flag("directProbes", false),
            List.copyOf(controls));
    node.end(
        "connectTimeout, handshakeTimeout, window, backOffFirst, backOffMost, slowStart, probesAtOnce, probesPerSecond, panicShare, directProbes, controls");
    return health;
  }

  private Settings.Drain drain(Node node) {
    var drain =
        new Settings.Drain(
            node.durationOrZero("atStop", Duration.ofSeconds(30)),
            node.durationOrZero("removed", Duration.ofMinutes(5)));
    node.end("atStop, removed");
    return drain;
  }

  /** Without groups all proxies are one; without routes everything leaves by every group. */
  private Settings withDefaults(Settings s) {
    Map<String, Settings.Group> groups = new LinkedHashMap<>(s.groups());
    if (groups.isEmpty()) groups.put(MAIN, group(new Node("groups." + MAIN, Map.of(), problems)));
    Map<String, Settings.Route> routes = new LinkedHashMap<>(s.routes());
    if (routes.isEmpty()) routes.put("*", route(new Node("routes.*", Map.of(), problems)));
    routes.replaceAll(
        (_, r) ->
            !r.groups().isEmpty()
                ? r
                : new Settings.Route(
                    r.type(),
                    List.copyOf(groups.keySet()),
                    r.limits(),
                    r.tries(),
                    r.hedge(),
                    r.budget(),
                    r.queue(),
                    r.maxAge(),
                    r.maxIdle(),
                    r.sessionTime(),
                    r.banOn(),
                    r.pauseOn(),
                    r.closeOnBan(),
                    r.probe()));
    return new Settings(
        s.listen(),
        s.admin(),
        s.clients(),
        s.proxies(),
        groups,
        routes,
        s.origins(),
        s.callbacks(),
        s.direct(),
        s.health(),
        s.drain(),
        s.stateFolder());
  }

  private static String last(Node node) {
    String path = node.path("");
    String place = path.substring(0, path.length() - 1);
    return place.substring(place.indexOf('.') + 1);
  }
}
