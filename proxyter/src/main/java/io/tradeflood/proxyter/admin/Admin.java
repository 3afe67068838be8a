package io.tradeflood.proxyter.admin;

import io.tradeflood.proxyter.admin.Answers.CallbackItem;
import io.tradeflood.proxyter.admin.Answers.CallbackState;
import io.tradeflood.proxyter.admin.Answers.CallbackTest;
import io.tradeflood.proxyter.admin.Answers.ClientItem;
import io.tradeflood.proxyter.admin.Answers.ClientState;
import io.tradeflood.proxyter.admin.Answers.GroupItem;
import io.tradeflood.proxyter.admin.Answers.GroupState;
import io.tradeflood.proxyter.admin.Answers.OriginItem;
import io.tradeflood.proxyter.admin.Answers.OriginState;
import io.tradeflood.proxyter.admin.Answers.RouteItem;
import io.tradeflood.proxyter.admin.Answers.RouteState;
import io.tradeflood.proxyter.config.Address;
import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsException;
import io.tradeflood.proxyter.event.Callbacks;
import io.tradeflood.proxyter.gateway.Lease;
import io.tradeflood.proxyter.health.HealthSnapshot;
import io.tradeflood.proxyter.hop.Causes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The operators' side of a running Proxyter, open on its own port. */
public final class Admin implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final Parts parts;
  private final Looks looks;
  private final Metrics metrics;
  private final Router router;
  private final Gate gate;
  private final Streams streams;

  /** Guarded by itself: a changed address opens another before this one is closed. */
  private final Object changing = new Object();

  private Address address;
  private Server server;

  private Admin(Parts parts) {
    this.parts = parts;
    this.looks = new Looks(parts);
    this.metrics = new Metrics(parts, looks);
    this.streams = new Streams(parts.journal(), HEARTBEAT);
    this.gate = new Gate(parts::settings);
    this.router = new Router(endpoints());
    this.address = parts.settings().admin().address();
    this.server = new Server(address, router, gate, streams);
  }

  /**
   * Opens the port that the configuration names. The token is that of the running configuration at
   * any time; for another address, {@link #use}.
   *
   * @throws SettingsException if the port cannot be opened
   */
  public static Admin start(Parts parts) {
    return new Admin(parts);
  }

  /**
   * Goes on at the address that the settings name. If it cannot be opened, nothing changes.
   *
   * @throws SettingsException if the port cannot be opened
   */
  public void use(Settings settings) {
    synchronized (changing) {
      Address wanted = settings.admin().address();
      if (wanted.equals(address)) return;
      Server next = new Server(wanted, router, gate, streams);
      Server old = server;
      server = next;
      address = wanted;
      // Whoever changed it may be waiting for an answer by the old one.
      Thread.ofVirtual()
          .name("admin-leaving")
          .start(
              () -> {
                old.leave(Duration.ofSeconds(1));
                old.close();
              });
    }
  }

  /** The port; useful where any was asked for. */
  public int port() {
    synchronized (changing) {
      return server.port();
    }
  }

  private List<Endpoint> endpoints() {
    var all = new ArrayList<Endpoint>();
    all.addAll(new ProxyEndpoints(parts, looks).endpoints());
    all.addAll(new ProbeEndpoints(parts, looks).endpoints());
    all.addAll(groups());
    all.addAll(routes());
    all.addAll(origins());
    all.addAll(callbacks());
    all.addAll(clients());
    all.addAll(new LimitEndpoints(parts, looks).endpoints());
    all.addAll(new HealthEndpoints(parts, looks).endpoints());
    all.addAll(new FeedbackEndpoints(parts).endpoints());
    all.addAll(new EventEndpoints(parts).endpoints());
    all.addAll(new ConfigEndpoints(parts).endpoints());
    all.addAll(new SystemEndpoints(parts, metrics).endpoints());
    var description = new ArrayList<Map<String, Object>>();
    all.add(
        Endpoint.get(
                "/openapi.json",
                "This description",
                Object.class,
                _ -> Reply.json(description.getFirst()))
            .by(Endpoint.Access.ANYBODY));
    description.add(OpenApi.of(all, version()));
    return all;
  }

  private static String version() {
    return Optional.ofNullable(Admin.class.getPackage().getImplementationVersion()).orElse("1");
  }

  private List<Endpoint> groups() {
    return new SectionEndpoints<GroupItem>(
            parts,
            "groups",
            "group",
            new SectionEndpoints.Shape(
                Documents.GroupDocument.class, GroupItem.class, Answers.Groups.class),
            settings -> settings.groups().keySet(),
            this::showGroups,
            Answers.Groups::new)
        .endpoints();
  }

  private SectionEndpoints.Show<GroupItem> showGroups(Configuration.State state) {
    var stats = parts.gateway().stats();
    Set<String> declared = Secrets.section(state.effective(), "groups").keySet();
    return (id, document) -> {
      Optional<Settings.Group> group = Optional.ofNullable(state.settings().groups().get(id));
      var load = stats.groups().get(id);
      int tunnels =
          load == null ? 0 : load.tunnels().values().stream().mapToInt(Integer::intValue).sum();
      return new GroupItem(
          id,
          document,
          new GroupState(
              !declared.contains(id),
              group.map(Settings.Group::proxies).orElse(List.of()),
              parts.eligible(id),
              tunnels),
          state.settings().warning(id).stream().toList());
    };
  }

  private List<Endpoint> routes() {
    return new SectionEndpoints<RouteItem>(
            parts,
            "routes",
            "route",
            new SectionEndpoints.Shape(
                Documents.RouteDocument.class, RouteItem.class, Answers.Routes.class),
            settings -> settings.routes().keySet(),
            this::showRoutes,
            Answers.Routes::new)
        .endpoints();
  }

  private SectionEndpoints.Show<RouteItem> showRoutes(Configuration.State state) {
    var stats = parts.gateway().stats();
    Set<String> declared = Secrets.section(state.effective(), "routes").keySet();
    return (id, document) -> {
      var outcomes = new LinkedHashMap<String, Long>();
      var load = stats.routes().get(id);
      if (load != null)
        load.outcomes()
            .forEach(
                (outcome, count) -> {
                  if (count > 0) outcomes.put(Answers.lower(outcome), count);
                });
      return new RouteItem(
          id,
          document,
          new RouteState(
              !declared.contains(id),
              load == null ? 0 : load.waiting(),
              Optional.ofNullable(state.settings().routes().get(id))
                  .map(route -> parts.eligible(route))
                  .orElse(0),
              outcomes));
    };
  }

  private List<Endpoint> origins() {
    return new SectionEndpoints<OriginItem>(
            parts,
            "origins",
            "origin",
            new SectionEndpoints.Shape(
                Documents.OriginDocument.class, OriginItem.class, Answers.Origins.class),
            settings -> settings.origins().keySet(),
            _ -> showOrigins(),
            Answers.Origins::new)
        .endpoints();
  }

  private SectionEndpoints.Show<OriginItem> showOrigins() {
    HealthSnapshot health = parts.watcher().snapshot();
    var pairs = parts.pairs(health);
    return (id, document) -> {
      Optional<HealthSnapshot.OriginState> down =
          health.origins().stream().filter(o -> o.down() && o.origin().equals(id)).findFirst();
      int blocked = (int) pairs.stream().filter(p -> p.origin().equals(id)).count();
      return new OriginItem(
          id,
          document,
          new OriginState(down.isPresent(), down.map(HealthSnapshot.OriginState::since), blocked));
    };
  }

  private List<Endpoint> callbacks() {
    var all =
        new ArrayList<>(
            new SectionEndpoints<CallbackItem>(
                    parts,
                    "callbacks",
                    "callback",
                    new SectionEndpoints.Shape(
                        Documents.CallbackDocument.class,
                        CallbackItem.class,
                        Answers.Callbacks.class),
                    settings ->
                        settings.callbacks().stream()
                            .map(Settings.Callback::id)
                            .collect(Collectors.toCollection(java.util.LinkedHashSet::new)),
                    _ -> showCallbacks(),
                    Answers.Callbacks::new)
                .endpoints());
    all.add(
        Endpoint.of(
            "POST",
            "/v1/callbacks/{id}:test",
            "Sends a test event to one receiver alone",
            CallbackTest.class,
            this::testCallback));
    return all;
  }

  private SectionEndpoints.Show<CallbackItem> showCallbacks() {
    Map<String, Callbacks.Owed> owed = new HashMap<>();
    for (Callbacks.Owed each : parts.callbacks().owed()) owed.put(each.id(), each);
    return (id, document) -> {
      Callbacks.Owed one = owed.get(id);
      return new CallbackItem(
          id,
          document,
          one == null
              ? new CallbackState(0, 0, 0, false)
              : new CallbackState(one.queued(), one.failures(), one.lost(), one.off()));
    };
  }

  private Reply testCallback(Call call) {
    String id = call.place("id");
    if (parts.settings().callbacks().stream().noneMatch(c -> c.id().equals(id)))
      throw Problem.notFound("there is no callback '%s'".formatted(Call.shortened(id)));
    try {
      int status = parts.callbacks().test(id);
      return Reply.json(new CallbackTest(status, status >= 200 && status < 300));
    } catch (IOException e) {
      throw Problem.of(502, "callback '%s': its receiver %s".formatted(id, Causes.inWords(e)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Problem.of(503, "Proxyter is being stopped");
    }
  }

  private List<Endpoint> clients() {
    return new SectionEndpoints<ClientItem>(
            parts,
            "clients",
            "client",
            new SectionEndpoints.Shape(
                Documents.ClientDocument.class, ClientItem.class, Answers.Clients.class),
            settings -> settings.clients().keySet(),
            _ -> showClients(),
            Answers.Clients::new)
        .endpoints();
  }

  private SectionEndpoints.Show<ClientItem> showClients() {
    Map<String, Integer> tunnels = new HashMap<>();
    for (Lease lease : parts.gateway().leases()) tunnels.merge(lease.client(), 1, Integer::sum);
    return (id, document) ->
        new ClientItem(id, document, new ClientState(tunnels.getOrDefault(id, 0)));
  }

  @Override
  public void close() {
    synchronized (changing) {
      server.close();
      metrics.close();
    }
  }
}
