package io.tradeflood.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Decides which single calls batches answer. */
final class Batches {
  private final Graph graph;
  private final Map<List<Call<?>>, List<Turn.OrFrom<?, ?>>> byBatch = new LinkedHashMap<>();
  private final Set<Call<?>> planned = new LinkedHashSet<>();

  Batches(Graph graph, List<Turn.OrFrom<?, ?>> choices) {
    this.graph = graph;
    for (var choice : choices)
      byBatch
          .computeIfAbsent(List.copyOf(Calls.in(choice.batch())), _ -> new ArrayList<>())
          .add(choice);
  }

  void decide(Map<Turn.OrFrom<?, ?>, Boolean> decisions, List<String> notes) {
    byBatch.forEach(
        (batch, choices) -> {
          var open = new ArrayList<Turn.OrFrom<?, ?>>();
          var singles = new LinkedHashSet<Call<?>>();
          for (var choice : choices) {
            var calls = Calls.in(choice.single());
            if (calls.stream().allMatch(this::isPlanned)) {
              decisions.put(choice, false);
              continue;
            }
            open.add(choice);
            calls.stream().filter(call -> !isPlanned(call)).forEach(singles::add);
          }
          boolean whole = !open.isEmpty() && isCheaper(batch, singles);
          open.forEach(choice -> decisions.put(choice, whole));
          planned.addAll(whole ? batch : singles);
          if (whole) notes.add(note(batch, singles));
        });
  }

  private boolean isPlanned(Call<?> call) {
    return planned.contains(call) || graph.plans(call);
  }

  private boolean isCheaper(List<Call<?>> batch, Set<Call<?>> singles) {
    var more = batch.stream().filter(call -> !isPlanned(call)).toList();
    if (more.isEmpty()) return !batch.isEmpty();
    var whole = costs(more);
    var parts = costs(singles);
    if (whole.isEmpty() || parts.isEmpty() || more.size() > singles.size()) return false;
    boolean less = more.size() < singles.size();
    var limits = new LinkedHashSet<>(whole.get().keySet());
    limits.addAll(parts.get().keySet());
    for (var limit : limits) {
      long one = whole.get().getOrDefault(limit, 0L);
      long many = parts.get().getOrDefault(limit, 0L);
      if (one > many) return false;
      less |= one < many;
    }
    return less;
  }

  /** What the calls take from each limit; empty if that is only known when they run. */
  private Optional<Map<String, Long>> costs(Iterable<Call<?>> calls) {
    var costs = new TreeMap<String, Long>();
    for (var call : calls) {
      var described = graph.planned(call).described();
      if (described.open() || described.problem().isPresent()) return Optional.empty();
      for (var act : described.acts())
        for (var cost : act.costs()) costs.merge(key(cost), cost.amount(), Long::sum);
    }
    return Optional.of(costs);
  }

  static String key(Cost cost) {
    return cost.limit() + " " + Words.length(cost.window());
  }

  private String note(List<Call<?>> batch, Set<Call<?>> singles) {
    return "batched: %s answers %d single calls, such as %s"
        .formatted(
            batch.stream().map(Call::toString).reduce((a, b) -> a + " and " + b).orElse(""),
            singles.size(),
            singles.iterator().next());
  }
}
