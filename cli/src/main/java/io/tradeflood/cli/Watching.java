package io.tradeflood.cli;

import io.tradeflood.Request;
import io.tradeflood.Watch;
import io.tradeflood.WatchPlan;
import io.tradeflood.index.Index;
import io.tradeflood.live.FeedState;
import io.tradeflood.turn.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Shows what comes until it is enough, and tells how it went. */
final class Watching {
  private static final Duration TICK = Duration.ofMillis(200);

  private final Index index;
  private final Terminal terminal;
  private final LiveView view;
  private final boolean statesShown;
  private final Optional<Duration> duration;
  private final OptionalLong limit;
  private final BooleanSupplier stopped;
  private final Map<Request<?>, Question> questions = new HashMap<>();
  private final Set<Request<?>> open = new HashSet<>();
  private final Set<Request<?>> broken = new HashSet<>();

  /** Of which nothing has been heard at all. */
  private final Set<Request<?>> silent = new LinkedHashSet<>();

  private long rows;
  private int failed;
  private boolean refused;
  private boolean gaps;

  /**
   * @param statesShown whether the view shows what becomes of the feeds
   * @param stopped whether the program is to end
   */
  Watching(
      Index index,
      Terminal terminal,
      LiveView view,
      boolean statesShown,
      Optional<Duration> duration,
      OptionalLong limit,
      BooleanSupplier stopped) {
    this.index = index;
    this.terminal = terminal;
    this.view = view;
    this.statesShown = statesShown;
    this.duration = duration;
    this.limit = limit;
    this.stopped = stopped;
  }

  /**
   * Shows what comes until time is over, there are enough rows, all feeds ended, or it is stopped.
   */
  Exit of(WatchPlan plan, boolean raw) throws IOException {
    long end = System.nanoTime() + duration.map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
    try (var merged = new Merged(raw);
        Watch _ = plan.start(watch -> join(watch, merged))) {
      while (!open.isEmpty() && !isEnough() && !stopped.getAsBoolean()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          silent.forEach(this::neverHeardOf);
          break;
        }
        show(merged.take(Duration.ofNanos(Math.min(left, TICK.toNanos()))));
        view.tick();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // it is stopped
    }
    return exit(plan.requests().size());
  }

  private void join(Watch watch, Merged merged) {
    for (Request<?> request : watch.requests()) add(watch, request, merged);
  }

  private <M> void add(Watch watch, Request<M> request, Merged merged) {
    questions.put(request, Question.of(request, index));
    open.add(request);
    silent.add(request);
    merged.add(request, watch.feed(request));
  }

  private boolean isEnough() {
    return limit.isPresent() && rows >= limit.getAsLong();
  }

  private void show(List<Merged.Item> items) throws IOException {
    var shown = new ArrayList<LiveView.Shown>(items.size());
    for (Merged.Item item : items) {
      if (isEnough()) break;
      var question = questions.get(item.request());
      if (question == null) throw new IllegalStateException("Nobody asked for " + item);
      switch (item) {
        case Merged.Item.Row row -> {
          rows++;
          silent.remove(row.request());
        }
        case Merged.Item.State state -> tell(question, state);
        case Merged.Item.End ended -> end(question, ended);
      }
      shown.add(new LiveView.Shown(question, item));
    }
    if (!shown.isEmpty()) view.show(shown);
  }

  private void tell(Question question, Merged.Item.State item) {
    var words = question + " " + LiveRows.Stated.of(item.state(), item.received());
    switch (item.state()) {
      case FeedState.Connected _ -> silent.remove(item.request());
      case FeedState.Synced _ -> {
        if (broken.remove(item.request()) && !statesShown) terminal.say(words);
      }
      case FeedState.Gap _ -> {
        gaps = true;
        if (!statesShown) terminal.say(words);
      }
      case FeedState.Desynced _, FeedState.Stale _ -> {
        // What is silent is told first that it is, and then that it is lost for it.
        if (broken.add(item.request()) && !statesShown) terminal.say(words);
      }
    }
  }

  private void neverHeardOf(Request<?> request) {
    failed++;
    terminal.error(questions.get(request) + ": was not connected in this time");
  }

  private void end(Question question, Merged.Item.End ended) {
    open.remove(ended.request());
    silent.remove(ended.request());
    ended
        .why()
        .ifPresent(
            why -> {
              failed++;
              refused |= why instanceof Failure.Unsupported;
              terminal.error(question + ": " + Terminal.words(why));
            });
  }

  private Exit exit(int requests) {
    if (failed == requests) return rows > 0 ? Exit.PARTIAL : refused ? Exit.USAGE : Exit.FAILED;
    return failed > 0 || gaps ? Exit.PARTIAL : Exit.WHOLE;
  }
}
