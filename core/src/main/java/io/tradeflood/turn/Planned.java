package io.tradeflood.turn;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A distinct call of a scheme. Confined to the thread that merges. */
final class Planned {
  final Call<?> call;

  /** Who asked, in order. */
  final Set<Ask<?>> askers = new LinkedHashSet<>();

  /** Calls that come first because their values are arguments, and how often each is one. */
  final Map<Planned, Integer> edges = new LinkedHashMap<>();

  /** Calls that come first because the order was asked for. */
  final Set<Planned> before = new LinkedHashSet<>();

  /** How often it would be made if nothing were merged. */
  long mentions;

  /** How often its value will be taken in a run. */
  int wants;

  /** Whether somebody wants it who is no sequence. */
  boolean kept;

  /** Whether it will be made; not if batches answer for it. */
  boolean made;

  int number;
  private @Nullable Described described;

  Planned(Call<?> call) {
    this.call = call;
  }

  /**
   * What a call would do.
   *
   * @param acts what it reaches out for, as far as it is known before the run
   * @param subscriptions what it subscribes to, as far as that is known
   * @param open whether what it needs is only known when it runs
   * @param problem why it will fail, if that is known already
   */
  record Described(
      List<Description> acts,
      List<Subscription> subscriptions,
      boolean open,
      Optional<String> problem) {
    static Described unknown(boolean open, Optional<String> problem) {
      return new Described(List.of(), List.of(), open, problem);
    }
  }

  Described described() {
    var known = described;
    if (known == null) described = known = describe();
    return known;
  }

  private Described describe() {
    if (call.hasEdges()) return Described.unknown(true, Optional.empty());
    try {
      return Calls.describe(call, call.body());
    } catch (Failure failure) {
      return Described.unknown(false, Optional.of(failure.reason()));
    } catch (Throwable thrown) {
      return Described.unknown(false, Optional.of(thrown.toString()));
    }
  }
}
