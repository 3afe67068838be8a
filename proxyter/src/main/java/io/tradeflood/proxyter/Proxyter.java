package io.tradeflood.proxyter;

import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsException;
import io.tradeflood.proxyter.event.Callbacks;
import io.tradeflood.proxyter.event.Journal;
import io.tradeflood.proxyter.gateway.Gateway;
import io.tradeflood.proxyter.health.Change;
import io.tradeflood.proxyter.health.Watcher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * Proxyter at work: the gateway that carries, the watcher that concludes, the journal and the
 * callbacks that tell, under one configuration that may change while it runs.
 */
public final class Proxyter implements AutoCloseable {
  private final Configuration configuration;
  private final InstantSource clock;
  private final Journal journal;
  private final Callbacks callbacks;
  private final Watcher watcher;
  private final Gateway gateway;

  private Proxyter(Configuration configuration, InstantSource clock, long seed) {
    Settings settings = configuration.state().settings();
    var random = new SplittableRandom(seed);
    this.configuration = configuration;
    this.clock = clock;
    this.journal = new Journal(clock, settings.stateFolder());
    this.callbacks = new Callbacks(journal, clock, random.split());
    this.watcher = new Watcher(settings, clock, random.split(), this::told, _ -> {});
    this.gateway = Gateway.start(settings, watcher, clock, random.nextLong());
    callbacks.use(settings.callbacks());
    watcher.start();
    configuration.useBy(this::use);
  }

  /**
   * Starts with the configuration; clients are served when this returns.
   *
   * @throws SettingsException if a port, a certificate or a key cannot be used; nothing is left
   *     behind then
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
   * @throws SettingsException if a port, a certificate or a key cannot be used; nothing is left
   *     behind then
   */
  public static Proxyter start(Configuration configuration, InstantSource clock, long seed) {
    return new Proxyter(configuration, clock, seed);
  }

  /** The gateway refuses what it cannot use and is then as before; the others follow it. */
  private void use(Settings settings) {
    gateway.apply(settings);
    watcher.use(settings);
    callbacks.use(settings.callbacks());
  }

  /** On the watcher's thread. */
  private void told(Change change) {
    Settings settings = configuration.state().settings();
    var unused = journal.add(change, settings, group -> eligible(settings, group));
    if (change.type().equals("pair.banned")) closeOnBan(change, settings);
    gateway.lookAgain();
  }

  private int eligible(Settings settings, String group) {
    long now = clock.millis();
    Settings.Group members = settings.groups().get(group);
    if (members == null) return 0;
    return (int)
        members.proxies().stream()
            .map(settings.proxies()::get)
            .filter(proxy -> proxy != null && proxy.enabled())
            .filter(proxy -> watcher.isEligible(proxy.id(), "", now))
            .count();
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

  /** What carries. */
  public Gateway gateway() {
    return gateway;
  }

  /** What concludes. */
  public Watcher watcher() {
    return watcher;
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
   * Takes nobody in any more, waits for open tunnels to end, then closes what is left.
   *
   * @param drain so long at most
   */
  public void stop(Duration drain) {
    configuration.useBy(_ -> {});
    gateway.stop(drain);
    watcher.close();
    callbacks.close();
    journal.close();
  }

  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
