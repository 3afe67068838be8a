package io.tradeflood;

import io.tradeflood.connector.Waiting.Wait;
import io.tradeflood.turn.RunOptions;
import io.tradeflood.turn.TurnRunner;
import io.tradeflood.turn.TurnScheme;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Requests with what becomes of them. */
final class WrittenPlan implements Plan {
  /** So many rows are held at most, for all requests together, before they are read. */
  private static final long HELD = 300_000;

  private static final int AHEAD = 256;

  private final List<Request<?>> requests;
  private final List<Part<?>> parts;
  private final TurnRunner runner;
  private final Optional<Duration> deadline;
  private final Supplier<List<Wait>> waits;

  WrittenPlan(
      List<? extends Request<?>> requests,
      List<Part<?>> parts,
      TurnRunner runner,
      Optional<Duration> deadline,
      Supplier<List<Wait>> waits) {
    this.requests = List.copyOf(requests);
    this.parts = List.copyOf(parts);
    this.runner = runner;
    this.deadline = deadline;
    this.waits = waits;
  }

  @Override
  public List<Request<?>> requests() {
    return requests;
  }

  List<Part<?>> parts() {
    return parts;
  }

  private TurnScheme scheme() {
    var scheme = new TurnScheme();
    for (Part<?> part : parts) part.ask(scheme);
    return scheme;
  }

  @Override
  public PlanExplanation explain() {
    return new PlanExplanation(parts.stream().map(Part::explain).toList(), scheme().explain());
  }

  @Override
  public PlanRun run() {
    var options = RunOptions.standard().ahead(ahead());
    if (deadline.isPresent()) options = options.within(deadline.get());
    return new StartedRun(this, runner.start(scheme(), options), waits);
  }

  private int ahead() {
    long rows = parts.stream().mapToLong(Part::pageRows).sum();
    return (int) Math.clamp(HELD / Math.max(1, rows), 2, AHEAD);
  }
}
