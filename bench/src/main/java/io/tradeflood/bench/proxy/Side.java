package io.tradeflood.bench.proxy;

import io.tradeflood.bench.Child;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A proxy that is measured. Each checks its clients' credentials and has its own upstream. */
enum Side {
  PROXYTER("Proxyter") {
    @Override
    Optional<String> missing(Optional<Path> peers) {
      return Optional.empty();
    }

    @Override
    ProxyProcess start(Ground ground) throws IOException, InterruptedException {
      int port = ProxyProcess.freePort();
      var text =
          new StringBuilder(
              """
              listen: {address: '127.0.0.1:%d'}
              admin: {address: '127.0.0.1:%d'}
              clients:
                %s: {secret: %s, limits: %s}
              origins:
                target: {hosts: [127.0.0.1], perProxy: %s}
              routes:
                '*': {groups: [main], limits: %s}
              groups:
                main: {proxies: [u0, u1, u2, u3], limits: %s, perProxy: %s}
              proxies:
              """
                  .formatted(
                      port,
                      ProxyProcess.freePort(),
                      USER,
                      SECRET,
                      LIMITS,
                      LIMITS,
                      LIMITS,
                      LIMITS,
                      LIMITS));
      for (int i = 0; i < ground.upstreams().size(); i++)
        text.append(
            "  - {id: u%d, url: 'http://%s:%s@127.0.0.1:%d', limits: %s}%n"
                .formatted(
                    i,
                    Stand.UPSTREAM_USER,
                    Stand.UPSTREAM_SECRET,
                    ground.upstreams().get(i),
                    LIMITS));
      return ProxyProcess.start(
          toString(),
          port,
          Map.of("proxyter.yaml", text.toString()),
          Child.command(
              List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders"),
              "io.tradeflood.proxyter.Main",
              List.of("--config", "%FOLDER%/proxyter.yaml")));
    }
  },
  HAPROXY("HAProxy") {
    @Override
    Optional<String> missing(Optional<Path> peers) {
      return notInstalled("haproxy");
    }

    @Override
    ProxyProcess start(Ground ground) throws IOException, InterruptedException {
      int port = ProxyProcess.freePort();
      var text =
          new StringBuilder(
              """
              global
                maxconn 9900
              defaults
                mode http
                timeout connect 1s
                timeout server 1s
                timeout client 600s
                timeout tunnel 600s
                timeout check 500ms
                retries 3
                option redispatch 1
                retry-on all-retryable-errors
              frontend in
                bind 127.0.0.1:%d
                acl known req.hdr(Proxy-Authorization) -m str "Basic %s"
                http-request deny deny_status 407 unless known
                http-request set-header Proxy-Authorization "%s"
                default_backend upstreams
              backend upstreams
                balance leastconn
              """
                  .formatted(
                      port,
                      Base64.getEncoder().encodeToString(WHO.getBytes(StandardCharsets.US_ASCII)),
                      Stand.UPSTREAM_CREDENTIALS));
      for (int i = 0; i < ground.upstreams().size(); i++)
        text.append(
            "  server u%d 127.0.0.1:%d check inter 1s%n".formatted(i, ground.upstreams().get(i)));
      return ProxyProcess.start(
          toString(),
          port,
          Map.of("haproxy.cfg", text.toString()),
          List.of(found("haproxy").orElseThrow(), "-db", "-f", "%FOLDER%/haproxy.cfg"));
    }
  },
  TINYPROXY("tinyproxy") {
    @Override
    Optional<String> missing(Optional<Path> peers) {
      return notInstalled("tinyproxy");
    }

    @Override
    ProxyProcess start(Ground ground) throws IOException, InterruptedException {
      int port = ProxyProcess.freePort();
      // It knows one upstream for a target only.
      String text =
          """
          Port %d
          Listen 127.0.0.1
          MaxClients 2000
          LogLevel Error
          BasicAuth %s %s
          Upstream http %s:%s@127.0.0.1:%d
          """
              .formatted(
                  port,
                  USER,
                  SECRET,
                  Stand.UPSTREAM_USER,
                  Stand.UPSTREAM_SECRET,
                  ground.upstreams().getFirst());
      return ProxyProcess.start(
          toString(),
          port,
          Map.of("tinyproxy.conf", text),
          List.of(found("tinyproxy").orElseThrow(), "-d", "-c", "%FOLDER%/tinyproxy.conf"));
    }
  },
  PROXY_CHAIN("proxy-chain") {
    @Override
    Optional<String> missing(Optional<Path> peers) {
      return peers
              .filter(p -> Files.isDirectory(p.resolve("node_modules").resolve("proxy-chain")))
              .isPresent()
          ? Optional.empty()
          : Optional.of("proxy-chain is not installed: npm ci in peers/ brings it");
    }

    @Override
    ProxyProcess start(Ground ground) throws IOException, InterruptedException {
      int port = ProxyProcess.freePort();
      // A module that comes in by the input finds its imports from where it runs.
      var command =
          new ArrayList<>(
              List.of(
                  "sh",
                  "-c",
                  "cd \"$1\" && shift && exec node --input-type=module - \"$@\" <\"$0\"",
                  "%FOLDER%/" + SCRIPT,
                  ground.peers().orElseThrow().toAbsolutePath().toString()));
      command.addAll(
          List.of(
              Integer.toString(port), USER, SECRET, Stand.UPSTREAM_USER, Stand.UPSTREAM_SECRET));
      ground.upstreams().forEach(upstream -> command.add(Integer.toString(upstream)));
      try (InputStream source = Side.class.getResourceAsStream(SCRIPT)) {
        if (source == null) throw new IllegalStateException("there is no " + SCRIPT);
        String script = new String(source.readAllBytes(), StandardCharsets.UTF_8);
        return ProxyProcess.start(toString(), port, Map.of(SCRIPT, script), command);
      }
    }
  };

  private static final String SCRIPT = "proxy-chain.mjs";

  static final String USER = "bench";
  static final String SECRET = "secret";

  /** Who the clients are, everywhere. */
  static final String WHO = USER + ":" + SECRET;

  /** Never reached, but counted: what limits cost is in the figures. */
  private static final String LIMITS =
      "{tunnels: 30000, setups: 10000, rate: ['1000000/s burst 100000'], window: [100000000/1m]}";

  /**
   * What a proxy under test stands on.
   *
   * @param upstreams the ports of the upstream proxies
   * @param peers the folder with the peers of npm
   */
  record Ground(List<Integer> upstreams, Optional<Path> peers) {}

  private final String title;

  Side(String title) {
    this.title = title;
  }

  /** Whether it is as fast at its start as later. */
  boolean isCompiledAhead() {
    return this == HAPROXY || this == TINYPROXY;
  }

  /** Why it cannot be measured on this machine; empty if it can. */
  abstract Optional<String> missing(Optional<Path> peers);

  abstract ProxyProcess start(Ground ground) throws IOException, InterruptedException;

  @Override
  public String toString() {
    return title;
  }

  private static Optional<String> notInstalled(String program) {
    return found(program).isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s is not installed: apt-get install %s brings it".formatted(program, program));
  }

  private static Optional<String> found(String program) {
    for (var folder : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":")) {
      var file = Path.of(folder, program);
      if (Files.isExecutable(file)) return Optional.of(file.toString());
    }
    return Optional.empty();
  }
}
