package io.tradeflood;

import io.tradeflood.connector.ServiceContext;
import io.tradeflood.index.ConnectorEntry;
import io.tradeflood.index.Index;
import io.tradeflood.index.IndexBuilder;
import io.tradeflood.proxy.ProxyScheme;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts TradeFlood together. */
final class FloodBuilder implements TradeFlood.Builder {
  private final boolean scans;
  private final IndexBuilder found = new IndexBuilder();
  private final List<Path> folders = new ArrayList<>();
  private final Map<String, URI> hosts = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();
  private ProxyScheme proxyScheme = ProxyScheme.direct();
  private InstantSource clock = InstantSource.system();
  private Optional<Duration> deadline = Optional.empty();
  private Optional<ClassLoader> loader = Optional.empty();

  /**
   * @param scans whether the class path is looked at
   */
  FloodBuilder(boolean scans) {
    this.scans = scans;
  }

  FloodBuilder add(Class<?>... types) {
    found.add(types);
    return this;
  }

  @Override
  public TradeFlood.Builder plugins(Path folder) {
    folders.add(folder);
    return this;
  }

  @Override
  public TradeFlood.Builder use(Class<?>... types) {
    found.use(types);
    return this;
  }

  @Override
  public TradeFlood.Builder use(String type) {
    found.use(type);
    return this;
  }

  @Override
  public TradeFlood.Builder without(Class<?>... types) {
    found.without(types);
    return this;
  }

  @Override
  public TradeFlood.Builder without(String type) {
    found.without(type);
    return this;
  }

  @Override
  public TradeFlood.Builder host(String hostName, URI address) {
    if (address.getScheme() == null || address.getHost() == null)
      throw new IllegalArgumentException(
          "Address %s of %s is no URL: write one such as http://127.0.0.1:9100"
              .formatted(address, hostName));
    hosts.put(hostName, address);
    return this;
  }

  @Override
  public TradeFlood.Builder setting(String hostName, String name, String value) {
    settings.computeIfAbsent(hostName, _ -> new LinkedHashMap<>()).put(name, value);
    return this;
  }

  @Override
  public TradeFlood.Builder proxyScheme(ProxyScheme scheme) {
    proxyScheme = scheme;
    return this;
  }

  @Override
  public TradeFlood.Builder clock(InstantSource source) {
    clock = source;
    return this;
  }

  @Override
  public TradeFlood.Builder deadline(Duration longest) {
    deadline = Optional.of(longest);
    return this;
  }

  @Override
  public TradeFlood.Builder classLoader(ClassLoader source) {
    loader = Optional.of(source);
    return this;
  }

  @Override
  public TradeFlood build() {
    ClassLoader classes =
        loader.orElseGet(
            () ->
                Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                    .orElse(ClassLoader.getSystemClassLoader()));
    List<Path> jars = jars();
    Optional<URLClassLoader> plugins =
        jars.isEmpty() ? Optional.empty() : Optional.of(loader(jars, classes));
    var services =
        new OpenServices(
            plugins.map(ClassLoader.class::cast).orElse(classes),
            new ServiceContext(
                proxyScheme,
                clock,
                name -> Optional.ofNullable(settings.getOrDefault("", Map.of()).get(name))));
    boolean built = false;
    try {
      var flood = build(classes, jars, plugins, services);
      built = true;
      return flood;
    } finally {
      if (!built) {
        services.close();
        plugins.ifPresent(Flood::close);
      }
    }
  }

  private Flood build(
      ClassLoader classes,
      List<Path> jars,
      Optional<URLClassLoader> plugins,
      OpenServices services) {
    if (scans) found.scan(classes);
    plugins.ifPresent(all -> found.scan(jars, all));
    Index index = found.build();
    known("host", hosts, index.connectors().stream().map(ConnectorEntry::hostName).toList());
    var places = new ArrayList<>(index.exchanges());
    index.connectors().forEach(c -> places.add(c.hostName()));
    known(
        "place of a setting",
        settings.entrySet().stream()
            .filter(e -> !e.getKey().isEmpty())
            .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        places);
    if (settings.containsKey("")) services.begin();
    return new Flood(
        index,
        new Connectors(index, hosts, settings, services),
        services,
        clock,
        deadline,
        plugins);
  }

  private static void known(String what, Map<String, ?> given, List<String> known) {
    for (String name : given.keySet())
      if (!known.contains(name))
        throw new IllegalArgumentException(Near.unknown(what, name, new TreeSet<>(known)));
  }

  private List<Path> jars() {
    var jars = new ArrayList<Path>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) continue;
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "The plug-in folder %s cannot be read: %s".formatted(folder, e.getMessage()), e);
      }
    }
    return jars;
  }

  private static URLClassLoader loader(List<Path> jars, ClassLoader parent) {
    var urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++)
      try {
        urls[i] = jars.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(jars.get(i) + " is no place for a jar", e);
      }
    return new URLClassLoader("plugins", urls, parent);
  }
}
