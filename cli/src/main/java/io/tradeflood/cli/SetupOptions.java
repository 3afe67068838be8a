package io.tradeflood.cli;

import io.tradeflood.TradeFlood;
import io.tradeflood.index.IndexProblems;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options by which TradeFlood is set up. */
final class SetupOptions {
  private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");

  @Option(
      names = "--host",
      paramLabel = "EXCHANGE.NAME=URL",
      description = {
        "Another address for a connector, repeatable, such as",
        "binance.spot-rest=http://127.0.0.1:9100; \"tradeflood list exchanges\" has the names."
      })
  List<String> hosts = List.of();

  @Option(
      names = "--proxyter",
      paramLabel = "URL",
      description = {
        "Send everything by Proxyter, such as http://SECRET@127.0.0.1:8900 or https://...,",
        "by one address for each exchange; the configuration can route types otherwise."
      })
  Optional<String> proxyter = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "A YAML file with hosts, settings, use, without, plugins, deadline,",
        "proxyter, routes."
      })
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "The folder with plug-in jars (default: plugins).")
  Optional<Path> plugins = Optional.empty();

  @Option(
      names = {"-v", "--verbose"},
      description = "Say what is going on, and show failures with their traces.")
  boolean verbose;

  /**
   * Finds and checks everything.
   *
   * @throws UsageException if anything is wrong with the options or with what was found
   */
  TradeFlood open() {
    return open(Map.of());
  }

  /**
   * The same with settings of the services.
   *
   * @param settings by name, such as {@code tape.record}
   */
  TradeFlood open(Map<String, String> settings) {
    if (verbose) Logging.verbose();
    var configuration = config.map(Configuration::read).orElse(Configuration.EMPTY);
    var folders = pluginFolders(configuration);
    var addresses = addresses();
    var routes =
        proxyter
            .map(url -> configuration.routes().with(Routes.proxyter("--proxyter", url)))
            .orElse(configuration.routes());
    var builder = TradeFlood.builder();
    try {
      configuration.applyTo(builder);
      folders.forEach(builder::plugins);
      addresses.forEach(builder::host);
      builder.proxyScheme(routes.scheme());
      settings.forEach((name, value) -> builder.setting("", name, value));
      var flood = builder.build();
      checkKnown(routes, flood);
      return flood;
    } catch (IndexProblems e) {
      throw new UsageException(
          String.join("\n", e.problems().stream().map(Terminal::oneLine).toList()), e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A name that is nobody's would silently route nothing. */
  private static void checkKnown(Routes routes, TradeFlood flood) {
    for (String exchange : routes.exchanges())
      if (!flood.index().exchanges().contains(exchange)) {
        flood.close();
        throw new UsageException(
            "routes.%s: there is no exchange %1$s: \"tradeflood list exchanges\" has them"
                .formatted(exchange));
      }
  }

  private Map<String, URI> addresses() {
    var addresses = new LinkedHashMap<String, URI>();
    for (String host : hosts) {
      int equals = host.indexOf('=');
      if (equals < 1)
        throw new UsageException(
            "--host %s: expected EXCHANGE.NAME=URL, such as binance.spot-rest=http://127.0.0.1:9100"
                .formatted(host));
      addresses.put(
          host.substring(0, equals), address("--host " + host, host.substring(equals + 1)));
    }
    return addresses;
  }

  /** Reads the address of a host; {@code where} names the option or the key it was written at. */
  static URI address(String where, String text) {
    try {
      var address = new URI(text);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      if (SCHEMES.contains(scheme) && address.getHost() != null) return address;
    } catch (URISyntaxException _) {
      // told below, like other addresses that cannot be used
    }
    throw new UsageException(
        "%s: \"%s\" is no address: expected one such as http://127.0.0.1:9100 or wss://stream.example.com"
            .formatted(where, text));
  }

  private List<Path> pluginFolders(Configuration configuration) {
    var named = new ArrayList<>(configuration.plugins());
    plugins.ifPresent(named::add);
    for (Path folder : named)
      if (!Files.isDirectory(folder))
        throw new UsageException(
            "plugins %s: expected a folder with jars: create it or name another".formatted(folder));
    if (!named.isEmpty()) return named;
    var usual = new ArrayList<Path>();
    distribution().map(d -> d.resolve("plugins")).ifPresent(usual::add);
    var current = Path.of("plugins").toAbsolutePath();
    if (!usual.contains(current)) usual.add(current);
    return usual;
  }

  /** The folder above the one that this program's jar lies in. */
  private static Optional<Path> distribution() {
    try {
      var source = Main.class.getProtectionDomain().getCodeSource();
      if (source == null) return Optional.empty();
      Path jar = Path.of(source.getLocation().toURI()).toAbsolutePath();
      return Files.isRegularFile(jar)
          ? Optional.ofNullable(jar.getParent()).map(Path::getParent)
          : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
