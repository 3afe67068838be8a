package io.tradeflood.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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
    var connections = connections(graph);
    long rounds = Math.max(depth(graph), Math.ceilDiv((long) reaching(graph), parallelism));
    var expected =
        Stream.concat(
                limits.stream().map(Explanation.Total::expected),
                connections.stream().map(Explanation.Connections::expected))
            .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b)
            .plus(latency.multipliedBy(rounds));
    long naive = 0;
    for (var planned : graph.all()) naive += planned.mentions;
    return new Explanation(
        askers(graph, asks, notes),
        graph.ordered().stream().map(Explaining::call).toList(),
        limits,
        connections,
        naive,
        expected,
        graph.batched());
  }

  private static List<Explanation.Connections> connections(Graph graph) {
    var carried = new LinkedHashMap<Subscription.Carrier, List<Subscription>>();
    for (var planned : graph.ordered())
      for (var subscription : planned.described().subscriptions())
        carried.computeIfAbsent(subscription.carrier(), _ -> new ArrayList<>()).add(subscription);
    return carried.entrySet().stream()
        .flatMap(each -> each.getKey().explain(List.copyOf(each.getValue())).stream())
        .toList();
  }

  private static List<Explanation.Asker> askers(
      Graph graph, List<Ask<?>> asks, Map<String, List<String>> notes) {
    var counts = new HashMap<String, Integer>();
    for (var planned : graph.ordered())
      for (var label : labels(planned)) counts.merge(label, 1, Integer::sum);
    var goesOn = new LinkedHashMap<String, Boolean>();
    for (var ask : asks) goesOn.merge(ask.label(), graph.goesOn(ask), Boolean::logicalOr);
    notes.keySet().forEach(label -> goesOn.putIfAbsent(label, false));
    return goesOn.entrySet().stream()
        .map(
            asker ->
                new Explanation.Asker(
                    asker.getKey(),
                    counts.getOrDefault(asker.getKey(), 0),
                    asker.getValue(),
                    notes.getOrDefault(asker.getKey(), List.of())))
        .toList();
  }

  private static List<String> labels(Planned planned) {
    return planned.askers.stream().<String>map(Ask::label).distinct().toList();
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
        labels(planned),
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

  /**
   * The first window's worth may go at once; the rest waits for the end of that window, which has
   * half of itself to go as a mean, and takes its share of the windows after it.
   */
  private static Explanation.Total timed(Explanation.Total total) {
    long rest = Math.max(0, total.amount() - total.capacity());
    double windows = rest == 0 ? 0 : 0.5 + (double) rest / total.capacity();
    var expected = Duration.ofMillis(Math.round(windows * total.window().toMillis()));
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
