package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tradeflood.proxyter.config.Address;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsException;
import io.tradeflood.proxyter.gateway.GatewayStats.GroupLoad;
import io.tradeflood.proxyter.gateway.GatewayStats.ProxyLoad;
import io.tradeflood.proxyter.gateway.GatewayStats.RouteLoad;
import io.tradeflood.proxyter.health.HealthView;
import io.tradeflood.proxyter.hop.Causes;
import io.tradeflood.proxyter.hop.Names;
import io.tradeflood.proxyter.limit.Limit;
import io.tradeflood.proxyter.payload.Payload;
import io.tradeflood.proxyter.payload.PayloadException;
import io.tradeflood.proxyter.pool.Load;
import io.tradeflood.proxyter.pool.Selection;
import io.tradeflood.proxyter.pool.Upstream;
import io.tradeflood.proxyter.wire.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The gateway at work. Clients come in by its ports from the start on; a changed configuration is
 * applied as a whole, and no open tunnel notices.
 */
public final class Gateway implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());
  private static final Duration CLOSING = Duration.ofSeconds(2);

  /** A port by where it listens and what it stands for. */
  private record Place(Address address, Optional<String> payload) {}

  private final MultiThreadIoEventLoopGroup loops;
  private final List<Worker> workers = new ArrayList<>();
  private final Engine engine;

  /** Guarded by this map's monitor, which is held for the whole of a change. */
  private final Map<Place, Listening> listeners = new LinkedHashMap<>();

  private Gateway(
      Settings settings,
      HealthView health,
      InstantSource clock,
      long seed,
      Transport transport,
      Names.Lookup lookup,
      int threads) {
    var snapshot = new Snapshot(settings, Optional.empty(), clock.millis());
    this.loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("proxyter", true), transport.handlers());
    var random = new SplittableRandom(seed);
    String via = "proxyter-" + Integer.toHexString(random.nextInt());
    this.engine =
        new Engine(
            transport,
            health,
            clock,
            new Names(lookup, System::nanoTime),
            via,
            (work, millis) -> {
              var _ = loops.schedule(work, millis, TimeUnit.MILLISECONDS);
            },
            snapshot);
    ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    for (var executor : loops) {
      var worker =
          new Worker(engine, (EventLoop) executor, allocator, new Selection(0.5, random.split()));
      workers.add(worker);
      worker.start();
    }
  }

  /**
   * Opens the ports and begins to serve.
   *
   * @param health what the watcher knows; told of every try
   * @param clock for limits, bans and leases
   * @param seed of all that is left to chance
   * @throws SettingsException if a port, a certificate or a key cannot be used
   */
  public static Gateway start(
      Settings settings, HealthView health, InstantSource clock, long seed) {
    return start(settings, GatewayMemory.NONE, health, clock, seed);
  }

  /**
   * As {@link #start(Settings, HealthView, InstantSource, long)}, going on with what was kept over
   * a restart.
   *
   * @throws SettingsException if a port, a certificate or a key cannot be used
   */
  public static Gateway start(
      Settings settings, GatewayMemory memory, HealthView health, InstantSource clock, long seed) {
    int threads = Runtime.getRuntime().availableProcessors();
    var gateway =
        new Gateway(
            settings, health, clock, seed, Transport.best(), InetAddress::getAllByName, threads);
    gateway.restore(memory);
    gateway.open(settings);
    return gateway;
  }

  /**
   * Looks at what can be checked without opening a port.
   *
   * @throws SettingsException if a certificate or a key cannot be used
   */
  public static void check(Settings settings) {
    var unused = new Snapshot(settings, Optional.empty(), 0);
  }

  static Gateway start(
      Settings settings,
      HealthView health,
      InstantSource clock,
      long seed,
      Transport transport,
      Names.Lookup lookup,
      int threads) {
    var gateway = new Gateway(settings, health, clock, seed, transport, lookup, threads);
    gateway.open(settings);
    return gateway;
  }

  private void open(Settings settings) {
    try {
      listen(settings.listen());
    } catch (SettingsException e) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw e;
    }
  }

  private void restore(GatewayMemory memory) {
    Snapshot snapshot = engine.snapshot();
    snapshot.book().restore(memory.limits());
    memory
        .loads()
        .forEach(
            (id, load) -> {
              Upstream upstream = snapshot.upstreams().get(id);
              if (upstream != null) upstream.load().restore(load);
            });
  }

  /** What should be kept over a restart. */
  public GatewayMemory memory() {
    Snapshot snapshot = engine.snapshot();
    var loads = new LinkedHashMap<String, Load.Memory>();
    snapshot
        .upstreams()
        .forEach((id, upstream) -> upstream.load().memory().ifPresent(m -> loads.put(id, m)));
    return new GatewayMemory(loads, snapshot.book().memory(engine.now()));
  }

  /**
   * Goes on with another configuration. Open tunnels stay; proxies that are gone take no new ones.
   * If anything of it cannot be used, nothing changes.
   *
   * @throws SettingsException if a port, a certificate or a key cannot be used
   */
  public void apply(Settings settings) {
    synchronized (listeners) {
      var next = new Snapshot(settings, Optional.of(engine.snapshot()), engine.now());
      listen(settings.listen());
      engine.use(next);
    }
  }

  private static Map<Place, Address> places(Settings.Listen listen) {
    var places = new LinkedHashMap<Place, Address>();
    places.put(new Place(listen.address(), Optional.empty()), listen.address());
    listen
        .types()
        .forEach(
            (port, payload) -> {
              var address = new Address(listen.address().host(), port);
              places.put(new Place(address, Optional.of(payload)), address);
            });
    return places;
  }

  private void listen(Settings.Listen listen) {
    synchronized (listeners) {
      Map<Place, Address> wanted = places(listen);
      var gone = new HashMap<>(listeners);
      gone.keySet().removeAll(wanted.keySet());
      // A port that is to stand for something else, or is to be opened at more addresses or less,
      // must be let go before it is opened anew.
      var letGo = new LinkedHashMap<Place, Address>();
      gone.forEach(
          (place, listening) -> {
            int port = place.address().port();
            if (port == 0 || wanted.values().stream().noneMatch(a -> a.port() == port)) return;
            letGo.put(place, place.address());
            unlisten(place, listening);
          });
      gone.keySet().removeAll(letGo.keySet());
      var opened = new LinkedHashMap<Place, Listening>();
      var problems = new ArrayList<String>();
      wanted.forEach(
          (place, address) -> {
            if (!listeners.containsKey(place)) open(place, address, opened, problems);
          });
      if (!problems.isEmpty()) {
        opened.forEach(this::unlisten);
        letGo.forEach((place, address) -> open(place, address, listeners, problems));
        throw new SettingsException(problems);
      }
      listeners.putAll(opened);
      gone.forEach(this::unlisten);
    }
  }

  private void open(
      Place place, Address address, Map<Place, Listening> opened, List<String> problems) {
    try {
      opened.put(place, Listening.open(engine, workers, address, place.payload()));
    } catch (IOException e) {
      problems.add(
          "listen.address %s cannot be opened: %s: choose another or free it"
              .formatted(address, Causes.reason(e)));
    }
  }

  private void unlisten(Place place, Listening listening) {
    listening.close(engine);
    listeners.remove(place, listening);
  }

  /** The port of HTTP and SOCKS5; useful where any was asked for. */
  public int port() {
    synchronized (listeners) {
      for (Map.Entry<Place, Listening> entry : listeners.entrySet())
        if (entry.getKey().payload().isEmpty()) return entry.getValue().port();
      throw new IllegalStateException("the gateway is stopped");
    }
  }

  /** What it carries by. */
  public Settings settings() {
    return engine.snapshot().settings();
  }

  /** What is carried now. */
  public GatewayStats stats() {
    Snapshot snapshot = engine.snapshot();
    long now = engine.now();
    var proxies = new LinkedHashMap<String, ProxyLoad>();
    snapshot.upstreams().forEach((id, upstream) -> proxies.put(id, load(upstream.load(), now)));
    var waiting = new LinkedHashMap<String, Integer>();
    snapshot.routes().forEach((type, route) -> waiting.put(type, route.room().size()));
    return new GatewayStats(
        engine.clients().get(),
        engine.leases().size(),
        proxies,
        snapshot.book().uses(now),
        waiting,
        engine.outcomes(),
        routes(snapshot),
        groups(snapshot),
        engine.feedbacks().counts());
  }

  private static Map<String, RouteLoad> routes(Snapshot snapshot) {
    var routes = new LinkedHashMap<String, RouteLoad>();
    snapshot
        .counts()
        .forEach(
            (type, counts) -> {
              RoutePlan plan = snapshot.routes().get(type);
              routes.put(type, counts.load(plan == null ? 0 : plan.room().size()));
            });
    return routes;
  }

  private Map<String, GroupLoad> groups(Snapshot snapshot) {
    Map<String, Map<String, Integer>> tunnels = engine.leases().tunnels();
    var groups = new LinkedHashMap<String, GroupLoad>();
    snapshot
        .setupTimes()
        .forEach(
            (id, times) ->
                groups.put(id, new GroupLoad(tunnels.getOrDefault(id, Map.of()), times.spread())));
    return groups;
  }

  private static ProxyLoad load(Load load, long now) {
    return new ProxyLoad(
        load.setups(),
        load.tunnels(),
        load.opened(),
        load.failed(),
        load.bytesUp(),
        load.bytesDown(),
        load.setupMicros(now),
        load.successRate(now));
  }

  /**
   * Who would serve a request now, and why not the others. Nothing is reserved.
   *
   * @param client the name of the client that asks; empty for one without limits
   * @param target {@code host:port}
   * @throws IllegalArgumentException in one line, if the target is none
   * @throws PayloadException in one line, if the payload names a group that is not there
   */
  public Explanation explain(Payload payload, Optional<String> client, Address target) {
    Snapshot snapshot = engine.snapshot();
    String origin = snapshot.origin(target.host());
    Optional<RoutePlan> route = snapshot.route(payload.type());
    if (route.isEmpty())
      return new Explanation(
          "",
          origin,
          Optional.empty(),
          Optional.of("type '%s' has no route".formatted(payload.type())),
          List.of());
    Optional<String> wrong = snapshot.wrongGroup(payload, route.get());
    if (wrong.isPresent()) throw new PayloadException(wrong.get());
    ClientPlan who = client.flatMap(name -> snapshot.clientNamed(name)).orElse(ClientPlan.ANYBODY);
    var ask =
        new Ask(
            new Admission(snapshot, who, payload, route.get()),
            new Target(target.host(), target.port()),
            origin);
    var choosing =
        new Choosing(
            ask,
            List.of(),
            engine.health(),
            engine.sessions(),
            new Selection(0.5, new SplittableRandom(engine.now())),
            engine.now());
    return choosing.explain();
  }

  /** The open tunnel of the number. */
  public Optional<Lease> lease(long number) {
    return engine.leases().find(number);
  }

  /** The tunnel to which its client gave the id; up to ten minutes after it closed. */
  public Optional<Lease> lease(String id) {
    return engine.leases().find(id);
  }

  /** All open tunnels, in no order. */
  public List<Lease> leases() {
    return engine.leases().all();
  }

  /** Closes the open tunnels of a proxy at a target; how many there were. */
  public int close(String proxy, String origin) {
    return close(lease -> lease.proxy().equals(proxy) && lease.origin().equals(origin));
  }

  /** Closes the open tunnels that fit; how many there were. */
  public int close(Predicate<Lease> which) {
    return engine.leases().close(which);
  }

  /**
   * The target says how much of its window this proxy has used: the limits of the proxy at the
   * target that have a window of that length learn it, upwards only.
   */
  public void used(String proxy, String origin, Duration window, long used) {
    Optional<Scope> scope = engine.snapshot().book().known(Snapshot.pairName(proxy, origin));
    if (scope.isEmpty()) return;
    for (Limit limit : scope.get().limits())
      if (limit.spec() instanceof Limit.Spec.Window w && w.length().equals(window))
        limit.atLeast(used, engine.now());
  }

  /**
   * A client says how the target of one of its tunnels answered. The watcher learns it, and where
   * the route wants that, a ban closes the pair's tunnels.
   *
   * @param lease the tunnel, open or closed
   * @param status of HTTP, 100 to 599
   * @param retryAfter for how long the target wants to be left alone
   */
  public Consequence told(Lease lease, int status, Optional<Duration> retryAfter) {
    return engine.feedbacks().told(lease, status, retryAfter);
  }

  /** What a proxy carries; empty if there is none of the id. */
  public Optional<Load> load(String proxy) {
    return Optional.ofNullable(engine.snapshot().upstreams().get(proxy)).map(u -> u.load());
  }

  /** Our name for a host. */
  public String origin(String host) {
    return engine.snapshot().origin(host);
  }

  /** Something that the limits or the watcher hold against waiting requests may have ended. */
  public void lookAgain() {
    engine.use(engine.snapshot());
  }

  /** Takes nobody in any more, waits for open tunnels to end, then closes what is left. */
  public void stop(Duration drain) {
    engine.stopping();
    synchronized (listeners) {
      Map.copyOf(listeners).forEach(this::unlisten);
    }
    onEachLoop(Worker::closeIdle);
    long end = System.nanoTime() + drain.toNanos();
    while (engine.clients().get() > 0 && System.nanoTime() - end < 0)
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    onEachLoop(Worker::closeAll);
    boolean stopped =
        loops
            .shutdownGracefully(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(CLOSING.toMillis() * 2);
    if (!stopped) LOG.log(System.Logger.Level.WARNING, "gateway: its threads do not end");
  }

  private void onEachLoop(Consumer<Worker> work) {
    if (loops.isShuttingDown()) return;
    for (Worker worker : workers)
      worker.loop().submit(() -> work.accept(worker)).awaitUninterruptibly(CLOSING.toMillis());
  }

  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
