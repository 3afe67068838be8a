package io.tradeflood;

import io.tradeflood.turn.TurnScheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/** Requests to be watched, with what becomes of them. */
final class WrittenWatch implements WatchPlan {
  private final List<Request<?>> requests;
  private final List<LivePart<?>> parts = new ArrayList<>();
  private final Lives lives;

  WrittenWatch(List<? extends Request<?>> requests, LivePlanner planner, Lives lives) {
    this.requests = List.copyOf(new LinkedHashSet<Request<?>>(requests));
    for (Request<?> request : this.requests) parts.add(planner.part(request));
    this.lives = lives;
  }

  @Override
  public List<Request<?>> requests() {
    return requests;
  }

  @Override
  public PlanExplanation explain() {
    var scheme = new TurnScheme();
    for (LivePart<?> part : parts) part.ask(scheme);
    return new PlanExplanation(parts.stream().map(LivePart::explain).toList(), scheme.explain());
  }

  @Override
  public Watch start(Consumer<? super Watch> first) {
    var watch = new StartedWatch(requests, parts, lives);
    boolean begun = false;
    try {
      first.accept(watch);
      watch.begin();
      begun = true;
    } finally {
      if (!begun) watch.close();
    }
    return watch;
  }
}
