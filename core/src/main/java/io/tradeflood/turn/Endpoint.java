package io.tradeflood.turn;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One endpoint of one implemented connector. */
final class Endpoint {
  private static final int ROW = 16;
  private static final int LONGEST_GAP = 64;

  private final Object owner;
  private final Method method;
  private final TurnExecution.Kind kind;
  private final MethodHandle body;
  private final Object leaf;
  private final int hash;
  private int row;
  private int look;
  private StackWalker.@Nullable StackFrame last;

  /**
   * @param body takes the connector and an array of arguments
   * @param leaf the connector that the body sees, which refuses calls of endpoints
   */
  Endpoint(Object owner, Method method, TurnExecution.Kind kind, MethodHandle body, Object leaf) {
    this.owner = owner;
    this.method = method;
    this.kind = kind;
    this.body = body;
    this.leaf = leaf;
    this.hash =
        (owner.hashCode() * 31 + method.getName().hashCode()) * 31
            + Arrays.hashCode(method.getParameterTypes());
  }

  Object owner() {
    return owner;
  }

  String name() {
    return method.getName();
  }

  TurnExecution.Kind kind() {
    return kind;
  }

  Turn<?> body(Object[] arguments) throws Throwable {
    var turn = (Turn<?>) (Object) body.invokeExact(leaf, arguments);
    if (turn == null)
      throw new Failure.Bug(
          "An endpoint must return a Turn, but %s.%s returned nothing".formatted(owner, name()));
    return turn;
  }

  /**
   * The line that plans a new call. Looking for it costs more than the call, so the longer a row of
   * calls from one line is, the fewer of them look: one for each quarter by which it grows, but at
   * least every so manieth; until a scheme or a run takes calls up, which ends the row. Counted
   * without locks: a miscount costs a look.
   */
  StackWalker.@Nullable StackFrame site() {
    var before = last;
    if (row >= ROW && ++row < look) return before;
    var here = Site.here();
    row = before != null && here != null && Site.isSame(before, here) ? row + 1 : 0;
    look = row + Math.min(row / 4, LONGEST_GAP);
    last = here;
    return here;
  }

  /** A call was taken up by a scheme or a run. */
  void takenUp() {
    row = 0;
  }

  int hash(Object[] arguments) {
    return hash * 31 + Arrays.hashCode(arguments);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Endpoint endpoint
            && hash == endpoint.hash
            && owner.equals(endpoint.owner)
            && method.getName().equals(endpoint.method.getName())
            && Arrays.equals(method.getParameterTypes(), endpoint.method.getParameterTypes()));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
