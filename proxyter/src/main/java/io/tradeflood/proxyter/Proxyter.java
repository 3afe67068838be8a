package io.tradeflood.proxyter;

import io.tradeflood.proxyter.admin.Admin;
import io.tradeflood.proxyter.admin.Parts;
import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.FileWatch;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsException;
import io.tradeflood.proxyter.event.Callbacks;
import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.event.Journal;
import io.tradeflood.proxyter.gateway.Gateway;
import io.tradeflood.proxyter.gateway.GatewayMemory;
import io.tradeflood.proxyter.health.Change;
import io.tradeflood.proxyter.health.HealthMemory;
import io.tradeflood.proxyter.health.Job;
import io.tradeflood.proxyter.health.Watcher;
import io.tradeflood.proxyter.probe.Prober;
import io.tradeflood.proxyter.state.Keeper;
import io.tradeflood.proxyter.state.Kept;
import io.tradeflood.proxyter.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Proxyter at work: the gateway that carries, the watcher that concludes, the journal and the
 * callbacks that tell, under one configuration that may change while it runs.
 */
public final class Proxyter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Proxyter.class.getName());
  private static final Duration FLUSH = Duration.ofSeconds(5);
  private static final long CHORES_MILLIS = 200;

  private final Configuration configuration;
  private final InstantSource clock;
  private final Journal journal;
  private final Callbacks callbacks;
  private final Watcher watcher;
  private final Gateway gateway;
  private final Prober prober;
  private final Draining draining;
  private final GroupLog groups;
  private final Optional<Path> folder;
  private final Optional<Keeper> keeper;
  private final ScheduledExecutorService chores =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("proxyter-chores").factory());
  private Optional<FileWatch> watch = Optional.empty();
  private Optional<Admin> admin = Optional.empty();
  private volatile Map<String, Object> overlay;

  private Proxyter(
      Configuration configuration,
      Optional<StateFolder> state,
      Optional<Kept> kept,
      InstantSource clock,
      long seed) {
    Settings settings = configuration.state().settings();
    var random = new SplittableRandom(seed);
    this.configuration = configuration;
    this.clock = clock;
    this.folder = settings.stateFolder();
    this.overlay = configuration.state().overlay();
    this.journal = new Journal(clock, folder);
    journal.listen(Proxyter::log);
    this.callbacks = new Callbacks(journal, clock, random.split());
    callbacks.resume(kept.map(Kept::callbacks).orElse(Map.of()));
    this.keeper = state.map(s -> new Keeper(s, () -> kept(overlay)));
    this.watcher = new Watcher(settings, clock, random.split(), this::told, this::asked);
    watcher.restore(kept.map(Kept::health).orElse(HealthMemory.NONE));
    this.gateway =
        Gateway.start(
            settings,
            kept.map(Kept::gateway).orElse(GatewayMemory.NONE),
            watcher,
            clock,
            random.nextLong());
    this.prober =
        new Prober(() -> configuration.state().settings(), watcher, clock, random.split());
    this.draining = new Draining(gateway, journal, clock);
    this.groups = new GroupLog(journal, clock);
  }

  /**
   * Starts with the configuration; clients are served when this returns.
   *
   * @throws SettingsException if a port, a folder, a certificate or a key cannot be used; nothing
   *     is left behind then
   */
  public static Proxyter start(Configuration configuration) {
    return start(configuration, InstantSource.system(), System.nanoTime());
  }

  /**
   * Starts with the configuration.
   *
   * @param clock for limits, bans, back-offs and events; timeouts of connections go by the
   *     machine's own
   * @param seed of all that is left to chance
   * @throws SettingsException if a port, a folder, a certificate or a key cannot be used; nothing
   *     is left behind then
   */
  public static Proxyter start(Configuration configuration, InstantSource clock, long seed) {
    Optional<StateFolder> state =
        configuration.state().settings().stateFolder().map(StateFolder::open);
    try {
      Optional<Kept> kept = state.flatMap(StateFolder::read);
      kept.ifPresent(k -> resume(configuration, k, state));
      var proxyter = new Proxyter(configuration, state, kept, clock, seed);
      proxyter.begin();
      return proxyter;
    } catch (SettingsException e) {
      state.ifPresent(StateFolder::close);
      throw e;
    }
  }

  private static void resume(Configuration configuration, Kept kept, Optional<StateFolder> state) {
    try {
      configuration.resume(kept.revision(), kept.overlay());
    } catch (SettingsException e) {
      for (String problem : e.problems())
        LOG.log(System.Logger.Level.WARNING, "config: what was changed at run time: " + problem);
      state.ifPresent(s -> s.setAside(kept.overlay()));
    }
  }

  private void begin() {
    try {
      admin =
          Optional.of(
              Admin.start(
                  new Parts(
                      configuration,
                      gateway,
                      watcher,
                      journal,
                      callbacks,
                      prober,
                      draining,
                      clock)));
    } catch (SettingsException e) {
      stop(Duration.ZERO);
      throw e;
    }
    configuration.listen(new ConfigurationLog(configuration.state(), journal));
    callbacks.use(configuration.state().settings().callbacks());
    watcher.start();
    keeper.ifPresent(Keeper::start);
    configuration.keepBy(this::keep);
    configuration.useBy(this::check, this::use);
    var unused =
        chores.scheduleWithFixedDelay(
            draining::look, CHORES_MILLIS, CHORES_MILLIS, TimeUnit.MILLISECONDS);
    var saturation = new Saturation(gateway, journal, clock);
    var unusedToo =
        chores.scheduleWithFixedDelay(saturation::look, 1_000, 1_000, TimeUnit.MILLISECONDS);
  }

  /**
   * Reloads the configuration whenever the file says something else, until this is closed.
   *
   * @throws IOException if this system lets nobody watch
   */
  public void watch(Path file) throws IOException {
    watch = Optional.of(new FileWatch(file, this::reload));
    // It may have changed since it was read.
    reload();
  }

  /** Reads the configuration's file again; what is wrong with it is written down. */
  public void reload() {
    try {
      var unused = configuration.reload();
    } catch (SettingsException e) {
      LOG.log(System.Logger.Level.DEBUG, "config: {0}", e.getMessage());
    }
  }

  private void check(Settings settings) {
    if (!settings.stateFolder().equals(folder))
      throw new SettingsException(
          List.of(
              "stateFolder is changed from %s to %s: expected it to stay until a restart"
                  .formatted(
                      folder.map(Path::toString).orElse("none"),
                      settings.stateFolder().map(Path::toString).orElse("none"))));
    Gateway.check(settings);
  }

  /** The gateway refuses what it cannot use and is then as before; the others follow it. */
  private void use(Settings settings) {
    check(settings);
    Settings before = gateway.settings();
    admin.ifPresent(a -> a.use(settings));
    try {
      gateway.apply(settings);
    } catch (SettingsException e) {
      admin.ifPresent(a -> a.use(before));
      throw e;
    }
    watcher.use(settings);
    callbacks.use(settings.callbacks());
    var gone = new HashSet<>(before.proxies().keySet());
    gone.removeAll(settings.proxies().keySet());
    gone.forEach(proxy -> draining.drain(proxy, settings.drain().removed()));
    draining.used(
        settings.proxies().values().stream()
            .filter(Settings.Proxy::enabled)
            .map(Settings.Proxy::id)
            .collect(Collectors.toSet()));
    groups.look(settings, group -> eligible(settings, group));
  }

  /**
   * Closes what a proxy that takes nobody any more still carries, after a time.
   *
   * @param longest so long at most, instead of what the configuration says
   */
  public void drain(String proxy, Duration longest) {
    draining.drain(proxy, longest);
  }

  private void keep(Map<String, Object> changed) {
    if (keeper.isEmpty())
      throw new SettingsException(
          List.of(
              "a change cannot be kept over a restart without stateFolder: expected it in the"
                  + " configuration, or persist: false"));
    try {
      keeper.get().write(kept(changed));
      overlay = changed;
    } catch (IOException e) {
      throw new SettingsException(
          List.of("the change cannot be kept: %s".formatted(e.getMessage())));
    }
  }

  private Kept kept(Map<String, Object> changed) {
    return new Kept(
        Kept.VERSION,
        configuration.state().revision(),
        changed,
        watcher.memory(),
        gateway.memory(),
        callbacks.reached());
  }

  /** On the watcher's thread. */
  private void told(Change change) {
    Settings settings = configuration.state().settings();
    Event unused = journal.add(change, settings, group -> eligible(settings, group));
    groups.look(settings, group -> eligible(settings, group));
    if (change.type().equals("pair.banned")) closeOnBan(change, settings);
    // A start that does not know of it would ask again whoever said no.
    boolean lasting =
        change.type().startsWith("pair.")
            || change.type().equals("proxy.quota")
            || change.type().equals("proxy.auth_failed");
    if (lasting) keeper.ifPresent(Keeper::soon);
    gateway.lookAgain();
  }

  /** On the watcher's thread, too, which begins when all is wired. */
  private void asked(Job job) {
    prober.accept(job);
  }

  private static void log(Event event) {
    if (event.type().equals("config.rejected")) return;
    System.Logger.Level level =
        switch (event.severity()) {
          case "error" -> System.Logger.Level.ERROR;
          case "warning" -> System.Logger.Level.WARNING;
          default -> System.Logger.Level.INFO;
        };
    LOG.log(level, "%s: %s".formatted(event.type(), event.message()));
  }

  private int eligible(Settings settings, String group) {
    return watcher.eligible(settings, group, clock.millis());
  }

  private void closeOnBan(Change change, Settings settings) {
    boolean closes =
        change.requestType().flatMap(settings::route).map(Settings.Route::closeOnBan).orElse(true);
    if (closes && change.proxy().isPresent() && change.origin().isPresent()) {
      int unused = gateway.close(change.proxy().get(), change.origin().get());
    }
  }

  /** The running configuration; to change it changes all. */
  public Configuration configuration() {
    return configuration;
  }

  /** Where operators come in. */
  public Admin admin() {
    return admin.orElseThrow();
  }

  /** What carries. */
  public Gateway gateway() {
    return gateway;
  }

  /** What concludes. */
  public Watcher watcher() {
    return watcher;
  }

  /** What finds out what the watcher wants to know. */
  public Prober prober() {
    return prober;
  }

  /** Everything that happened. */
  public Journal journal() {
    return journal;
  }

  /** Who is told of it. */
  public Callbacks callbacks() {
    return callbacks;
  }

  /** The clock that all of it goes by. */
  public InstantSource clock() {
    return clock;
  }

  /**
   * Takes nobody in any more, waits for open tunnels to end, then closes what is left, tells
   * receivers what they are owed, five seconds at most, and writes down what is to be kept.
   *
   * @param drain so long at most
   */
  public void stop(Duration drain) {
    watch.ifPresent(FileWatch::close);
    configuration.useBy(Proxyter::refuse, Proxyter::refuse);
    gateway.stop(drain);
    admin.ifPresent(Admin::close);
    chores.shutdownNow();
    prober.close();
    watcher.close();
    try {
      callbacks.flush(FLUSH);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    keeper.ifPresent(Keeper::close);
    callbacks.close();
    journal.close();
  }

  private static void refuse(Settings settings) {
    throw new SettingsException(List.of("Proxyter is being stopped: nothing is changed any more"));
  }

  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
