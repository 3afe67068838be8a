package io.tradeflood.turn;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of a run begin: a call first has the turns among its arguments, a write waits for
 * the one before it, then the body of the endpoint says what to do.
 */
final class Beginning {
  private final TurnRun run;
  private final AtomicReference<@Nullable Node> lastWrite = new AtomicReference<>();

  Beginning(TurnRun run) {
    this.run = run;
  }

  /** Begins a call that nobody has begun. */
  void begin(Node node, Pump pump) {
    if (node.call.hasEdges())
      pump.add(
          new Walk(
              run, node.first, new Ready(node), 0, node, false, true, Calls.arguments(node.call)));
    else enter(node, pump);
  }

  /** A call that waits for its arguments. */
  private final class Ready implements Taker {
    private final Node node;

    Ready(Node node) {
      this.node = node;
    }

    @Override
    public void take(int index, Object outcome, Pump pump) {
      if (outcome instanceof Broken) node.take(0, outcome, pump);
      else settle(node, node.call.settled((List<?>) outcome), pump);
    }

    @Override
    public boolean isWanted() {
      return node.isOpen();
    }
  }

  private void settle(Node node, Call<?> settled, Pump pump) {
    var outcome = run.table().join(settled, node, 0, false, node.first, pump);
    if (outcome != null) node.take(0, outcome, pump);
  }

  /** A write that waits for the one before it, however that ends. */
  private final class Turnstile implements Taker {
    private final Node node;

    Turnstile(Node node) {
      this.node = node;
    }

    @Override
    public void take(int index, Object outcome, Pump pump) {
      body(node, pump);
    }

    @Override
    public boolean isWanted() {
      return false; // it wants the order, not the outcome
    }
  }

  private void enter(Node node, Pump pump) {
    if (node.call.kind() == TurnExecution.Kind.WRITE) {
      var before = lastWrite.getAndSet(node);
      if (before != null && before.join(new Turnstile(node), 0, false, node.first) == null) return;
    }
    body(node, pump);
  }

  private void body(Node node, Pump pump) {
    Turn<?> turn;
    try {
      turn = node.call.body();
    } catch (Throwable thrown) {
      var broken = Broken.of(thrown, node.call.toString());
      broken.failure().in(node.call);
      node.take(0, broken, pump);
      return;
    }
    if (turn instanceof Turn.Now<?>(var value) && value != null) node.take(0, value, pump);
    else new Walk(run, node.first, node, 0, node, true, true, turn).go(pump);
  }
}
