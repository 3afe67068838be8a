package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.Endpoint.get;

import io.tradeflood.proxyter.admin.Answers.Live;
import io.tradeflood.proxyter.admin.Answers.Overview;
import io.tradeflood.proxyter.admin.Answers.Ready;
import io.tradeflood.proxyter.admin.Answers.RouteReady;
import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.event.Callbacks;
import io.tradeflood.proxyter.gateway.GatewayStats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether it lives and serves, what it measures, what can be asked, and the page. */
final class SystemEndpoints {
  /** Nothing but this page's own files, and nobody may frame it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Parts parts;
  private final Metrics metrics;
  private final Instant started;

  SystemEndpoints(Parts parts, Metrics metrics) {
    this.parts = parts;
    this.metrics = metrics;
    this.started = parts.clock().instant();
  }

  List<Endpoint> endpoints() {
    return List.of(
        get("/v1/overview", "The whole at a glance", Overview.class, this::overview),
        get("/livez", "Whether it answers", Live.class, _ -> Reply.json(new Live(true)))
            .by(Endpoint.Access.ANYBODY),
        get("/readyz", "Whether every route has a proxy that serves", Ready.class, _ -> ready())
            .by(Endpoint.Access.ANYBODY)
            .giving(
                Map.of(
                    200, new Endpoint.Outcome("every route has one", Ready.class),
                    503, new Endpoint.Outcome("some route has none", Ready.class))),
        get("/metrics", "What is measured, for Prometheus", String.class, metrics::answer)
            .producing(Metrics.TEXT, Metrics.OPEN_METRICS),
        get("/", "The page", String.class, _ -> file("index.html", "text/html; charset=utf-8"))
            .by(Endpoint.Access.ANYBODY)
            .producing("text/html"),
        get(
                "/page.js",
                "The page's script",
                String.class,
                _ -> file("page.js", "text/javascript; charset=utf-8"))
            .by(Endpoint.Access.ANYBODY)
            .producing("text/javascript"),
        get(
                "/page.css",
                "The page's style",
                String.class,
                _ -> file("page.css", "text/css; charset=utf-8"))
            .by(Endpoint.Access.ANYBODY)
            .producing("text/css"),
        get("/icon.svg", "The page's icon", String.class, _ -> file("icon.svg", "image/svg+xml"))
            .by(Endpoint.Access.ANYBODY)
            .producing("image/svg+xml"));
  }

  private Reply overview(Call call) {
    Configuration.State state = parts.configuration().state();
    GatewayStats stats = parts.gateway().stats();
    var outcomes = new LinkedHashMap<String, Long>();
    stats.outcomes().forEach((outcome, count) -> outcomes.put(Answers.lower(outcome), count));
    return Reply.json(
        200,
        new Overview(
            parts.clock().instant(),
            started,
            state.revision(),
            state.rejected(),
            parts.watcher().snapshot().frozen(),
            stats.clients(),
            stats.tunnels(),
            stats.waiting(),
            outcomes,
            parts.callbacks().owed().stream().mapToInt(Callbacks.Owed::queued).sum(),
            parts.journal().last()),
        state.revision());
  }

  private Reply ready() {
    var routes = new ArrayList<RouteReady>();
    parts
        .settings()
        .routes()
        .values()
        .forEach(
            route -> {
              int eligible = parts.eligible(route);
              routes.add(new RouteReady(route.type(), eligible > 0, eligible));
            });
    boolean ready = routes.stream().allMatch(RouteReady::ready);
    return Reply.json(ready ? 200 : 503, new Ready(ready, routes));
  }

  private static Reply file(String name, String type) {
    try (InputStream in = SystemEndpoints.class.getResourceAsStream(name)) {
      if (in == null) throw Problem.notFound("the page is not in this build");
      return Reply.bytes(200, type, in.readAllBytes())
          .with("content-security-policy", POLICY)
          .with("referrer-policy", "no-referrer")
          .with("cache-control", "no-cache");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
