package io.tradeflood.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The turns of many askers, merged into one graph without repetition. It can be explained before
 * anything runs, and a {@link TurnRunner} runs it. Planning reaches out to nothing. Confined to one
 * thread; complete before it is explained or run.
 */
public final class TurnScheme {
  private final List<Ask<?>> asks = new ArrayList<>();
  private final Map<String, List<String>> notes = new LinkedHashMap<>();
  private @Nullable Graph graph;

  /**
   * Asks for the value of a turn.
   *
   * @param label the asker's name in explanations and messages, such as {@code BTC/USDT candle 1m}
   */
  public <T> Ask.One<T> ask(String label, Turn<T> turn) {
    return add(new Ask.One<>(label, turn));
  }

  /**
   * Asks for the values of many turns, to be taken in their order one after another; what was taken
   * is let go. For histories of any length.
   *
   * @param label the asker's name in explanations and messages, such as {@code BTC/USDT candle 1m}
   */
  public <T> Ask.Each<T> each(String label, List<? extends Turn<? extends T>> turns) {
    return add(new Ask.Each<>(label, turns));
  }

  private <A extends Ask<?>> A add(A ask) {
    asks.add(ask);
    notes.computeIfAbsent(ask.label(), _ -> new ArrayList<>());
    graph = null;
    return ask;
  }

  /**
   * Adds a word for the explanation, such as what is impossible and why; also for somebody for whom
   * nothing is asked.
   */
  public void note(String label, String words) {
    notes.computeIfAbsent(label, _ -> new ArrayList<>()).add(words);
  }

  /** What a run would do, 64 calls at once with a tenth of a second each. */
  public Explanation explain() {
    return explain(64, Duration.ofMillis(100));
  }

  /**
   * What a run would do. The same scheme gives the same explanation.
   *
   * @param parallelism how many calls are out at once
   * @param latency how long one takes
   */
  public Explanation explain(int parallelism, Duration latency) {
    return Explaining.explain(graph(), asks, notes, parallelism, latency);
  }

  List<Ask<?>> asks() {
    return List.copyOf(asks);
  }

  private Graph graph() {
    var merged = graph;
    if (merged == null) graph = merged = new Graph(asks);
    return merged;
  }

  /** Nothing if a run needs no more than to work off the turns. */
  Optional<Graph> graphIfNeeded() {
    if (graph == null
        && asks.stream()
            .allMatch(ask -> ask instanceof Ask.One<?> one && !Calls.hasChoice(one.turn())))
      return Optional.empty();
    return Optional.of(graph());
  }
}
