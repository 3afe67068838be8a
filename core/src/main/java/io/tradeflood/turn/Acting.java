package io.tradeflood.turn;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** That one run wants one act of one of its calls. */
final class Acting {
  final TurnRun run;
  final Walk walk;
  final Node node;
  final Act<?, ?> act;

  /** Which act of its call it is; nearly always the first, 0, and only. */
  final int ordinal;

  final Instant reached;

  /** Who does it; guarded by that flight's lock once set. */
  volatile @Nullable Flight flight;

  /** Whether the run no longer wants it. */
  volatile boolean dropped;

  Acting(TurnRun run, Walk walk, Node node, Act<?, ?> act, int ordinal, Instant reached) {
    this.run = run;
    this.walk = walk;
    this.node = node;
    this.act = act;
    this.ordinal = ordinal;
    this.reached = reached;
  }

  private volatile @Nullable Times times;

  /**
   * When it went out and came back.
   *
   * @param joined whether another run had sent it before
   */
  record Times(Instant out, Instant back, boolean joined) {}

  void ended(Flight by, Instant back) {
    times = new Times(by.started, back, by.started.isBefore(reached));
  }

  /** By which other ways it has gone on until now. */
  List<Move> moves() {
    var by = flight;
    return by == null ? List.of() : by.moves();
  }

  @Nullable Times times() {
    return times;
  }
}
