package io.tradeflood;

import io.tradeflood.index.Index;
import io.tradeflood.live.PlayedTime;
import io.tradeflood.model.Instrument;
import io.tradeflood.turn.TurnRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** TradeFlood, put together. */
final class Flood implements TradeFlood {
  private final Index index;
  private final Connectors connectors;
  private final OpenServices services;
  private final TurnRunner runner;
  private final InstantSource clock;
  private final Optional<Duration> deadline;
  private final Optional<URLClassLoader> plugins;
  private final Lives lives;

  Flood(
      Index index,
      Connectors connectors,
      OpenServices services,
      InstantSource clock,
      Optional<Duration> deadline,
      Optional<URLClassLoader> plugins) {
    this.index = index;
    this.connectors = connectors;
    this.services = services;
    this.runner = new TurnRunner(clock);
    Optional<PlayedTime> played = services.played();
    this.clock = played.<InstantSource>map(time -> time).orElse(clock);
    this.deadline = deadline;
    this.plugins = plugins;
    this.lives = new Lives(this, runner, this.clock, played);
  }

  @Override
  public Index index() {
    return index;
  }

  @Override
  public Requests requests() {
    return new WordReader(
        index,
        clock,
        (Request<Instrument> request) -> pull(request),
        (entry, symbol) -> planner().covers(entry, symbol));
  }

  private Planner planner() {
    return new Planner(index, connectors, clock);
  }

  @Override
  public Plan plan(List<? extends Request<?>> requests) {
    return new WrittenPlan(requests, planner().parts(requests), runner, deadline, services::waits);
  }

  @Override
  public <M> Answer<M> pull(Request<M> request) {
    try (PlanRun run = plan(List.of(request)).run()) {
      return run.answer(request);
    }
  }

  @Override
  public List<Answer<?>> pull(List<? extends Request<?>> requests) {
    try (PlanRun run = plan(requests).run()) {
      return run.answers();
    }
  }

  @Override
  public WatchPlan planWatch(List<? extends Request<?>> requests) {
    return new WrittenWatch(requests, new LivePlanner(index, connectors, clock), lives);
  }

  @Override
  public <S> S service(Class<S> type) {
    return services.get(type);
  }

  @Override
  public void close() {
    lives.close();
    runner.close();
    services.close();
    plugins.ifPresent(Flood::close);
  }

  /** Lets go of the plug-ins' jars. */
  static void close(URLClassLoader plugins) {
    try {
      plugins.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The plug-ins' jars did not close", e);
    }
  }
}
