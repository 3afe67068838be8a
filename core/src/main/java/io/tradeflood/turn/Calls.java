package io.tradeflood.turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks into turns without running them. */
final class Calls {
  private Calls() {}

  /** The calls in a turn, each once, without those among the arguments of others. */
  static Set<Call<?>> in(Turn<?> turn) {
    var calls = new LinkedHashSet<Call<?>>();
    var rest = new ArrayDeque<Turn<?>>();
    rest.push(turn);
    while (!rest.isEmpty())
      switch (rest.pop()) {
        case Call<?> call -> calls.add(call);
        case Turn.Now<?> _, Turn.Effect<?, ?> _ -> {}
        case Turn.Then<?, ?> then -> rest.push(then.source());
        case Turn.Recover<?> recover -> rest.push(recover.source());
        case Turn.OrFrom<?, ?> orFrom -> rest.push(orFrom.single());
        case Turn.All<?> all -> all.turns().reversed().forEach(rest::push);
      }
    return calls;
  }

  /** Whether a batch may answer for something in a turn, also among the arguments of calls. */
  static boolean hasChoice(Turn<?> turn) {
    var seen = new HashSet<Call<?>>();
    var rest = new ArrayDeque<Turn<?>>();
    rest.push(turn);
    while (!rest.isEmpty())
      switch (rest.pop()) {
        case Turn.OrFrom<?, ?> _ -> {
          return true;
        }
        case Call<?> call -> edges(call, seen, rest);
        case Turn.Now<?> _, Turn.Effect<?, ?> _ -> {}
        case Turn.Then<?, ?> then -> rest.push(then.source());
        case Turn.Recover<?> recover -> rest.push(recover.source());
        case Turn.All<?> all -> {
          for (var each : all.turns())
            if (each instanceof Call<?> call) edges(call, seen, rest);
            else if (!(each instanceof Turn.Now)) rest.push(each);
        }
      }
    return false;
  }

  private static void edges(Call<?> call, Set<Call<?>> seen, ArrayDeque<Turn<?>> rest) {
    if (!call.hasEdges() || !seen.add(call)) return;
    for (var argument : call.arguments()) if (argument instanceof Turn<?> turn) rest.push(turn);
  }

  /** The arguments of a call; the turns among them have become turns that are known. */
  static Turn<List<Object>> arguments(Call<?> call) {
    var turns = new ArrayList<Turn<?>>();
    for (var argument : call.arguments())
      turns.add(argument instanceof Turn<?> turn ? turn.map(Turn::now) : Turn.now(argument));
    return Turn.all(turns);
  }

  /** What a call would reach out for, from what its endpoint returned. */
  static Planned.Described describe(Call<?> call, Turn<?> body) {
    var acts = new ArrayList<Description>();
    var subscriptions = new ArrayList<Subscription>();
    boolean open = false;
    var rest = new ArrayDeque<Turn<?>>();
    rest.push(body);
    while (!rest.isEmpty())
      switch (rest.pop()) {
        case Turn.Effect<?, ?>(var act) -> {
          acts.add(act.describe(call));
          act.subscription(call).ifPresent(subscriptions::add);
        }
        case Turn.Now<?> _, Call<?> _ -> {}
        case Turn.Then<?, ?> then -> {
          open |= then.turns();
          rest.push(then.source());
        }
        case Turn.Recover<?> recover -> rest.push(recover.source());
        case Turn.OrFrom<?, ?> orFrom -> rest.push(orFrom.single());
        case Turn.All<?> all -> all.turns().reversed().forEach(rest::push);
      }
    return new Planned.Described(
        List.copyOf(acts), List.copyOf(subscriptions), open, Optional.empty());
  }
}
