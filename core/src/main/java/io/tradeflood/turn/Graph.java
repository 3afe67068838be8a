package io.tradeflood.turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The distinct calls of a scheme and how they hang together. Merged by one thread; afterwards only
 * read.
 */
final class Graph {
  /** Counts of repeated calls grow exponentially with depth; they stop here. */
  private static final long MOST = 1L << 40;

  private final Map<Call<?>, Planned> calls = new LinkedHashMap<>();
  private final Map<Turn.OrFrom<?, ?>, Boolean> decisions = new IdentityHashMap<>();
  private final Set<Ask<?>> open = new LinkedHashSet<>();
  private final List<String> batched = new ArrayList<>();

  /** In the order of dispatch: what is needed first comes first. */
  private final List<Planned> ordered = new ArrayList<>();

  /** Where a turn stands: for whom, and among whose arguments. */
  private record Place(Ask<?> ask, @Nullable Planned parent, Set<Planned> before, boolean naive) {}

  private record Choice(Turn.OrFrom<?, ?> orFrom, Place place) {}

  private final ArrayDeque<Choice> choices = new ArrayDeque<>();

  Graph(List<Ask<?>> asks) {
    for (var ask : asks)
      for (var turn : ask.turns()) merge(turn, new Place(ask, null, Set.of(), true));
    while (!choices.isEmpty()) {
      var round = List.copyOf(choices);
      choices.clear();
      new Batches(this, round.stream().map(Choice::orFrom).toList()).decide(decisions, batched);
      for (var choice : round) choose(choice);
    }
    settle();
  }

  private void choose(Choice choice) {
    if (!decisions.getOrDefault(choice.orFrom, false)) {
      merge(choice.orFrom.single(), choice.place);
      return;
    }
    var place = choice.place;
    merge(choice.orFrom.batch(), new Place(place.ask, place.parent, place.before, false));
    if (place.naive) displaced(choice.orFrom.single(), place);
  }

  /** Counts a call that will not be made, but would be without the batch. */
  private void displaced(Turn<?> single, Place place) {
    for (var call : Calls.in(single)) {
      var planned = calls.computeIfAbsent(call, Planned::new);
      planned.askers.add(place.ask);
      if (place.parent == null) planned.mentions++;
      else place.parent.edges.merge(planned, 1, Integer::sum);
    }
  }

  /** Walks a turn on a flat stack; gives the calls that are directly in it. */
  private Set<Planned> merge(Turn<?> turn, Place place) {
    var direct = new LinkedHashSet<Planned>();
    var rest = new ArrayDeque<Turn<?>>();
    rest.push(turn);
    while (!rest.isEmpty())
      switch (rest.pop()) {
        case Call<?> call -> direct.add(add(call, place));
        case Turn.Now<?> _, Turn.Effect<?, ?> _ -> {}
        case Turn.Then<?, ?> then -> {
          if (then.turns()) open.add(place.ask);
          rest.push(then.source());
        }
        case Turn.Recover<?> recover -> rest.push(recover.source());
        case Turn.OrFrom<?, ?> orFrom -> choices.add(new Choice(orFrom, place));
        case Turn.All<?> all -> {
          if (all.ordered()) direct.addAll(inOrder(all, place));
          else all.turns().reversed().forEach(rest::push);
        }
      }
    return direct;
  }

  private Set<Planned> inOrder(Turn.All<?> all, Place place) {
    var direct = new LinkedHashSet<Planned>();
    var before = place.before;
    for (var turn : all.turns()) {
      var added = merge(turn, new Place(place.ask, place.parent, before, place.naive));
      direct.addAll(added);
      if (!added.isEmpty()) before = added;
    }
    return direct;
  }

  private Planned add(Call<?> call, Place place) {
    var planned = calls.get(call);
    if (planned == null) {
      calls.put(call, planned = new Planned(call));
      call.takenUp();
    }
    if (!planned.made) {
      planned.made = true;
      var arguments = new Place(place.ask, planned, Set.of(), true);
      for (var argument : call.arguments())
        if (argument instanceof Turn<?> turn) merge(turn, arguments);
      ordered.add(planned);
    }
    planned.askers.add(place.ask);
    for (var before : place.before) if (before != planned) planned.before.add(before);
    planned.wants++;
    if (place.parent != null) {
      if (place.naive) place.parent.edges.merge(planned, 1, Integer::sum);
      else place.parent.before.add(planned);
    } else {
      if (place.naive) planned.mentions++;
      planned.kept |= place.ask instanceof Ask.One;
    }
    return planned;
  }

  /** Whoever asks for a call asks for its arguments; a call made twice naively makes them twice. */
  private void settle() {
    for (var planned : ordered.reversed())
      planned.edges.forEach(
          (edge, times) -> {
            edge.askers.addAll(planned.askers);
            edge.kept |= planned.kept;
            edge.mentions =
                Math.min(MOST, edge.mentions + Math.min(MOST, planned.mentions) * times);
          });
    for (int i = 0; i < ordered.size(); i++) ordered.get(i).number = i + 1;
  }

  /** The calls that will be made, in the order of dispatch. */
  List<Planned> ordered() {
    return ordered;
  }

  /** All calls, also those that batches answer for. */
  Iterable<Planned> all() {
    return calls.values();
  }

  List<String> batched() {
    return batched;
  }

  /** Whether steps of the asker's turn may find more calls when they run. */
  boolean goesOn(Ask<?> ask) {
    return open.contains(ask);
  }

  boolean plans(Call<?> call) {
    var planned = calls.get(call);
    return planned != null && planned.made;
  }

  /** The call, as it is planned or as it would be. */
  Planned planned(Call<?> call) {
    var planned = calls.get(call);
    return planned == null ? new Planned(call) : planned;
  }

  /** How often the value of a call is taken before it may go; 0 if the call is not planned. */
  int wants(Call<?> call) {
    var planned = calls.get(call);
    if (planned == null || !planned.made) return 0;
    return planned.kept ? Node.KEEP : planned.wants;
  }

  Optional<Boolean> decision(Turn.OrFrom<?, ?> orFrom) {
    return Optional.ofNullable(decisions.get(orFrom));
  }
}
