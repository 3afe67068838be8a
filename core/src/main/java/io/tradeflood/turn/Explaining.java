package io.tradeflood.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the explanation of a graph. */
final class Explaining {
  private Explaining() {}

  static Explanation explain(
      Graph graph,
      List<Ask<?>> asks,
      Map<String, List<String>> notes,
      int parallelism,
      Duration latency) {
    var limits = limits(graph);
    long rounds = Math.max(depth(graph), Math.ceilDiv((long) reaching(graph), parallelism));
    var expected =
        limits.stream()
            .map(Explanation.Total::expected)
            .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b)
            .plus(latency.multipliedBy(rounds));
    long naive = 0;
    for (var planned : graph.all()) naive += planned.mentions;
    return new Explanation(
        askers(graph, asks, notes),
        graph.ordered().stream().map(Explaining::call).toList(),
        limits,
        naive,
        expected,
        graph.batched());
  }

  private static List<Explanation.Asker> askers(
      Graph graph, List<Ask<?>> asks, Map<String, List<String>> notes) {
    var counts = new HashMap<Ask<?>, Integer>();
    for (var planned : graph.ordered())
      for (var ask : planned.askers) counts.merge(ask, 1, Integer::sum);
    var askers = new ArrayList<Explanation.Asker>();
    var told = new LinkedHashSet<String>();
    for (var ask : asks)
      askers.add(
          new Explanation.Asker(
              ask.label(),
              counts.getOrDefault(ask, 0),
              graph.goesOn(ask),
              told.add(ask.label()) ? notes.getOrDefault(ask.label(), List.of()) : List.of()));
    notes.forEach(
        (label, words) -> {
          if (told.add(label)) askers.add(new Explanation.Asker(label, 0, false, words));
        });
    return askers;
  }

  private static Explanation.Planned call(Planned planned) {
    var described = planned.described();
    var needs = new LinkedHashSet<Planned>(planned.edges.keySet());
    needs.addAll(planned.before);
    return new Explanation.Planned(
        planned.number,
        planned.call.toString(),
        described.acts(),
        described.open(),
        described.problem(),
        planned.askers.stream().<String>map(Ask::label).distinct().toList(),
        needs.stream().filter(need -> need.made).map(need -> need.number).sorted().toList());
  }

  private static List<Explanation.Total> limits(Graph graph) {
    var totals = new TreeMap<String, Explanation.Total>();
    for (var planned : graph.all())
      for (var act : planned.described().acts())
        for (var cost : act.costs())
          totals.merge(
              Batches.key(cost),
              new Explanation.Total(
                  cost.limit(),
                  planned.made ? cost.amount() : 0,
                  cost.amount() * planned.mentions,
                  cost.capacity(),
                  cost.window(),
                  Duration.ZERO),
              Explaining::sum);
    return totals.values().stream().map(Explaining::timed).toList();
  }

  private static Explanation.Total sum(Explanation.Total a, Explanation.Total b) {
    return new Explanation.Total(
        a.limit(),
        a.amount() + b.amount(),
        a.naive() + b.naive(),
        a.capacity(),
        a.window(),
        Duration.ZERO);
  }

  /** The first window's worth may go at once; the rest takes its share of the windows after it. */
  private static Explanation.Total timed(Explanation.Total total) {
    long rest = Math.max(0, total.amount() - total.capacity());
    var expected =
        Duration.ofMillis(Math.round((double) rest / total.capacity() * total.window().toMillis()));
    return new Explanation.Total(
        total.limit(), total.amount(), total.naive(), total.capacity(), total.window(), expected);
  }

  private static int reaching(Graph graph) {
    return (int)
        graph.ordered().stream()
            .filter(planned -> planned.described().open() || !planned.described().acts().isEmpty())
            .count();
  }

  /** How many calls at most must follow each other. */
  private static long depth(Graph graph) {
    var depths = new HashMap<Planned, Long>();
    long deepest = 0;
    for (var planned : graph.ordered()) {
      long before = 0;
      for (var edge : planned.edges.keySet())
        before = Math.max(before, depths.getOrDefault(edge, 0L));
      for (var other : planned.before) before = Math.max(before, depths.getOrDefault(other, 0L));
      boolean reaches = planned.described().open() || !planned.described().acts().isEmpty();
      long depth = before + (reaches ? 1 : 0);
      depths.put(planned, depth);
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }
}
