package io.tradeflood.proxyter.probe;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.UpstreamUrl;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.hop.Failure;
import io.tradeflood.proxyter.hop.Hop;
import io.tradeflood.proxyter.hop.Names;
import io.tradeflood.proxyter.wire.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Single probes: each a connection of its own on a thread of its own, begun at the pace that all
 * share, and over in a bounded time: what is given up is interrupted, which closes its socket.
 */
final class Looks implements Way.Surroundings {
  private static final Hop NO_PROXY =
      new Hop(UpstreamUrl.parse("direct"), Optional.empty(), Optional.empty(), Optional.empty());

  /** What is done with an open way. */
  @FunctionalInterface
  interface Errand {
    void along(Way way, Target target) throws IOException;
  }

  /**
   * What is to be looked at.
   *
   * @param via the proxy, or {@link Sight#DIRECT}
   * @param target empty to reach the proxy only
   * @param trusted whether the target was named by an operator, not by a client
   */
  record Aim(String via, Optional<Target> target, boolean trusted, Errand errand) {

    /** Whether a target that was learned from traffic answers. */
    static Aim at(String via, Target target) {
      return new Aim(
          via, Optional.of(target), false, (way, to) -> FirstFlight.along(way, to, false));
    }

    /** Whether a target that is known to speak TLS answers. */
    static Aim atControl(String via, Target target) {
      return new Aim(via, Optional.of(target), true, (way, to) -> FirstFlight.along(way, to, true));
    }

    /** Whether the proxy itself takes a connection. */
    static Aim atProxy(String via) {
      return new Aim(via, Optional.empty(), true, (way, to) -> {});
    }
  }

  private final Supplier<Settings> settings;
  private final InstantSource clock;
  private final Names names;
  private final ExecutorService threads;
  private final Pace pace;
  private final Map<Settings.Proxy, Hop> hops = new ConcurrentHashMap<>();

  Looks(Supplier<Settings> settings, InstantSource clock, Names names, ExecutorService threads) {
    this.settings = settings;
    this.clock = clock;
    this.names = names;
    this.threads = threads;
    this.pace = new Pace(() -> settings.get().health());
  }

  @Override
  public Names names() {
    return names;
  }

  @Override
  public Settings settings() {
    return settings.get();
  }

  @Override
  public long now() {
    return clock.millis();
  }

  Pace pace() {
    return pace;
  }

  /** A probe that runs. */
  final class Look {
    private final Aim aim;
    private final long longest;
    private final Future<Optional<Sight>> future;
    private volatile @Nullable Way way;
    private volatile long began;

    private Look(Aim aim, Hop hop) {
      this.aim = aim;
      Settings.Health times = settings().health();
      this.longest =
          times.connectTimeout().plus(times.handshakeTimeout().multipliedBy(2)).toNanos();
      this.future = threads.submit(() -> run(hop));
    }

    private Optional<Sight> run(Hop hop) throws InterruptedException {
      if (!pace.enter(Duration.ofNanos(longest))) return Optional.empty();
      began = System.nanoTime();
      try (var opened = new Way(hop, Looks.this)) {
        way = opened;
        try {
          if (aim.target().isEmpty()) opened.reachProxy();
          else {
            opened.open(aim.target().get(), isGuarded());
            aim.errand().along(opened, aim.target().get());
          }
          return Optional.of(sight(Failure.of(Signal.OK, ""), opened.phase(), true));
        } catch (IOException e) {
          Failure failure = opened.failure(e);
          // What we do not allow ourselves tells nothing of anybody.
          if (hop.isDirect() && failure.signal() == Signal.PROXY_POLICY) return Optional.empty();
          return Optional.of(sight(failure, opened.phase(), opened.touchedNetwork()));
        }
      } finally {
        pace.leave();
      }
    }

    private Sight sight(Failure failure, String phase, boolean networkWorks) {
      long millis = began == 0 ? 0 : (System.nanoTime() - began) / 1_000_000;
      Instant at = clock.instant();
      return new Sight(
          at,
          aim.via(),
          aim.target().map(Target::toString).orElse(""),
          failure.signal(),
          phase,
          millis,
          failure.details(),
          networkWorks,
          failure.retryAfter().isPresent()
              ? Optional.of(at.plusMillis(failure.retryAfter().getAsLong()))
              : Optional.empty());
    }

    /** What clients ask for is only reached without a proxy where it is of the public network. */
    private boolean isGuarded() {
      return !aim.trusted() && !settings().direct().allowPrivate();
    }

    boolean isDone() {
      return future.isDone();
    }

    /** Whether it is done, and a proxy reached the target. */
    boolean isServedByProxy() {
      return !aim.via().equals(Sight.DIRECT)
          && future.state() == Future.State.SUCCESS
          && future.resultNow().map(Sight::isServed).orElse(false);
    }

    void giveUp() {
      future.cancel(true);
    }

    /**
     * What it saw; it is given up when the time is over.
     *
     * @return empty if it had not begun by then
     */
    Optional<Sight> await(long nanos) throws InterruptedException {
      try {
        return future.get(Math.max(0, Math.min(nanos, longest)), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        Way running = way;
        Optional<Sight> late =
            running == null
                ? Optional.empty()
                : Optional.of(sight(running.late(), running.phase(), running.touchedNetwork()));
        future.cancel(true);
        return late;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a probe by " + aim.via(), e.getCause());
      } catch (InterruptedException e) {
        future.cancel(true);
        throw e;
      }
    }
  }

  /** Begins a probe; empty if there is no proxy of the id. */
  Optional<Look> begin(Aim aim) {
    if (aim.via().equals(Sight.DIRECT)) return Optional.of(new Look(aim, NO_PROXY));
    Settings current = settings();
    Settings.Proxy proxy = current.proxies().get(aim.via());
    if (proxy == null) return Optional.empty();
    return Optional.of(new Look(aim, hop(proxy, current)));
  }

  /** One probe from its beginning to its end. */
  Optional<Sight> look(Aim aim) throws InterruptedException {
    Optional<Look> look = begin(aim);
    return look.isEmpty() ? Optional.empty() : look.get().await(Long.MAX_VALUE);
  }

  private Hop hop(Settings.Proxy proxy, Settings current) {
    hops.keySet().removeIf(known -> !known.equals(current.proxies().get(known.id())));
    return hops.computeIfAbsent(proxy, this::hop);
  }

  private Hop hop(Settings.Proxy proxy) {
    List<String> problems = new ArrayList<>();
    // A declaration that cannot be used was refused before it came here.
    return Hop.of(proxy, problems);
  }
}
