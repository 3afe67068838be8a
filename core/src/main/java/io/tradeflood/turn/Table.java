package io.tradeflood.turn;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The calls of one run, each once, and what is remembered of those that were let go. */
final class Table {
  private static final int REMEMBERED = 32;

  private final TurnRun run;
  private final Optional<Graph> graph;
  private final ConcurrentHashMap<Call<?>, Node> nodes = new ConcurrentHashMap<>();
  private final AtomicLong repeated = new AtomicLong();

  /** Guards what is remembered. */
  private final ReentrantLock lock = new ReentrantLock();

  private final LinkedHashMap<Call<?>, Object> remembered = new LinkedHashMap<>();

  Table(TurnRun run, Optional<Graph> graph) {
    this.run = run;
    this.graph = graph;
  }

  /** All calls that were reached, but for those that were given up. */
  Collection<Node> nodes() {
    return nodes.values();
  }

  /** How many calls were made again because they had been let go. */
  long repeated() {
    return repeated.get();
  }

  boolean has(Call<?> call) {
    return nodes.containsKey(call);
  }

  void remove(Node node) {
    nodes.remove(node.call, node);
  }

  /**
   * The outcome of a call, which is begun if it is new; nothing if the taker is told later.
   *
   * @param planned whether the taker was counted when the scheme was merged
   */
  @Nullable Object join(
      Call<?> call, Taker taker, int index, boolean planned, Scope scope, Pump pump) {
    while (true) {
      var node = call.seat();
      if (node == null || node.run != run) node = find(call);
      if (node == null) {
        var fresh = new Node(run, call, scope, taker instanceof Node, wants(call, scope));
        node = nodes.putIfAbsent(call, fresh);
        if (node == null) {
          node = fresh;
          call.sit(node);
          call.takenUp();
          run.begin(node, pump);
        }
      }
      var outcome = node.join(taker, index, planned, scope);
      if (!(outcome instanceof Node.End)) return outcome;
      node.call.sit(null);
      if (outcome == Node.End.GONE) remove(node);
      else {
        var again = again(call, node, scope, pump);
        if (again != null) return again;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // equal calls that are not the same have no seat
  private @Nullable Node find(Call<?> call) {
    var node = nodes.get(call);
    if (node != null && node.call == call) call.sit(node);
    return node;
  }

  private int wants(Call<?> call, Scope scope) {
    int planned = graph.map(g -> g.wants(call)).orElse(0);
    if (planned != 0) return planned;
    return scope.passes() ? 0 : Node.KEEP;
  }

  private @Nullable Object again(Call<?> call, Node released, Scope scope, Pump pump) {
    lock.lock();
    try {
      var value = remembered.remove(call);
      if (value != null && nodes.replace(call, released, Node.kept(released, value))) return value;
    } finally {
      lock.unlock();
    }
    var fresh = new Node(run, call, scope, released.settled, Node.KEEP);
    if (nodes.replace(call, released, fresh)) {
      repeated.incrementAndGet();
      run.beginAgain(fresh, pump);
    }
    return null;
  }

  /** A call is about to be let go. */
  void released(Call<?> call, Object value) {
    lock.lock();
    try {
      remembered.put(call, value);
      if (remembered.size() > REMEMBERED) remembered.pollFirstEntry();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the short cuts to it away. */
  void leaveSeats() {
    for (var node : nodes.values()) node.leaveSeat();
  }
}
