package io.tradeflood.turn;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call within a run: those who wait for it, then its outcome. Without locks: the state goes from
 * nobody through a list of those who wait to the outcome, or to {@link End#GONE} when the last one
 * left; an outcome that nobody planned still needs becomes {@link End#RELEASED}.
 */
final class Node implements Taker {
  /** The value is kept as long as the run. */
  static final int KEEP = -1;

  private static final VarHandle STATE;
  private static final VarHandle WANTS;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Node.class, "state", Object.class);
      WANTS = MethodHandles.lookup().findVarHandle(Node.class, "wants", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final Call<?> call;
  final TurnRun run;

  /** Who reached it first. */
  final Scope first;

  /** Whether it is what another call became when the turns among its arguments were known. */
  final boolean settled;

  private volatile @Nullable Object state;

  /** How many planned wants are left before the value may go; 0 for one that nobody planned. */
  private volatile int wants;

  /** Of a subscription only. */
  private final @Nullable Holders holders;

  /** What it does outside, in the order in which it is met. Guarded by the activity's lock. */
  List<Acting> acts = List.of();

  Node(TurnRun run, Call<?> call, Scope first, boolean settled, int wants) {
    this.run = run;
    this.settled = settled;
    this.call = call;
    this.first = first;
    this.wants = wants;
    this.holders = call.kind() == TurnExecution.Kind.SUBSCRIBE ? new Holders(first) : null;
  }

  /** One of a call whose value is known and that another stood for before. */
  static Node kept(Node before, Object value) {
    var kept = new Node(before.run, before.call, before.first, before.settled, KEEP);
    kept.acts = before.acts;
    kept.state = value;
    return kept;
  }

  enum End {
    GONE,
    RELEASED
  }

  private record Waiting(Taker taker, int index, boolean planned, @Nullable Waiting next) {}

  /**
   * The outcome or {@link End} if it has ended; otherwise nothing, and the taker is told later.
   *
   * @param planned whether the taker was counted among the planned wants
   */
  @Nullable Object join(Taker taker, int index, boolean planned, Scope scope) {
    if (wants == KEEP) {
      var known = state;
      if (known != null && !(known instanceof Waiting) && holders == null) return known;
    } else if (!planned && !scope.passes()) wants = KEEP;
    if (holders != null && !holders.add(scope)) return End.GONE;
    while (true) {
      var now = state;
      if (now != null && !(now instanceof Waiting)) {
        if (now != End.GONE) consumed(planned ? 1 : 0);
        return now;
      }
      if (STATE.compareAndSet(this, now, new Waiting(taker, index, planned, (Waiting) now)))
        return null;
    }
  }

  /** Ends with the outcome of its body. */
  @Override
  public void take(int index, Object outcome, Pump pump) {
    while (true) {
      var now = state;
      if (now != null && !(now instanceof Waiting)) return;
      if (!STATE.compareAndSet(this, now, outcome)) continue;
      if (!settled) run.ended(outcome);
      if (now instanceof Waiting last) tell(last, outcome, pump);
      return;
    }
  }

  private void tell(Waiting last, Object outcome, Pump pump) {
    Waiting first = null;
    int planned = 0;
    for (var waiting = last; waiting != null; waiting = waiting.next) {
      first = new Waiting(waiting.taker, waiting.index, waiting.planned, first);
      if (waiting.planned) planned++;
    }
    for (var waiting = first; waiting != null; waiting = waiting.next)
      waiting.taker.take(waiting.index, outcome, pump);
    consumed(planned);
  }

  private void consumed(int times) {
    int before;
    do {
      before = wants;
      if (before == KEEP) return;
    } while (times > 0 && !WANTS.compareAndSet(this, before, Math.max(before - times, 0)));
    var value = state;
    if (value == null || before > times || !isReleasable(value)) return;
    // Remembered before it goes: who finds it gone must find it there, or would ask again.
    run.table().released(call, value);
    STATE.compareAndSet(this, value, End.RELEASED);
  }

  private static boolean isReleasable(Object state) {
    return !(state instanceof Waiting) && !(state instanceof End) && !(state instanceof Broken);
  }

  boolean isOpen() {
    var now = state;
    return now == null || now instanceof Waiting;
  }

  void leaveSeat() {
    if (call.seat() == this) call.sit(null);
  }

  /** What it has reached out for, in this order. */
  List<Acting> acts() {
    return run.activity().actsOf(this);
  }

  /** The failure that it ended with, if it did. */
  @Nullable Failure failure() {
    return state instanceof Broken(var failure) ? failure : null;
  }

  /** What it will make of an outcome is wanted as long as it has not itself been given up. */
  @Override
  public boolean isWanted() {
    return isOpen();
  }

  /**
   * Gives it up if nobody wants it; false if somebody does, perhaps since a moment ago, or if it is
   * being begun at this moment.
   */
  boolean giveUp(Pump pump) {
    if (!(state instanceof Waiting now)) return false;
    for (var waiting = now; waiting != null; waiting = waiting.next)
      if (waiting.taker.isWanted()) return false;
    if (!STATE.compareAndSet(this, now, End.GONE)) return false;
    var failure = new Failure.Cancelled(call.toString());
    failure.in(call);
    var cancelled = new Broken(failure);
    for (var waiting = now; waiting != null; waiting = waiting.next)
      waiting.taker.take(waiting.index, cancelled, pump);
    return true;
  }

  /** Frees a subscription that nobody holds any more; true for who did. */
  boolean free() {
    return holders != null && holders.free();
  }
}
