package io.tradeflood.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a run did, told after it. Its text is made for people; its components say the same to
 * programs.
 *
 * @param calls the calls that reached out or failed, in the order in which they were reached
 * @param progress how many calls there were in all, also those that needed nothing from outside
 * @param repeated how many were dispatched again because their value had been let go
 * @param duration from start to end, or to now while it runs
 */
public record Analysis(List<Made> calls, Progress progress, long repeated, Duration duration) {
  public Analysis {
    calls = List.copyOf(calls);
  }

  /**
   * A call that reached out or failed.
   *
   * @param text the call
   * @param asker who reached it first, by label
   * @param reached how long after the start it was reached
   * @param waited how long it waited until it went out: for the calls before it in the queue
   * @param took how long it was out, with what its transport waited for limits
   * @param joined whether it joined a call that another run had in flight
   * @param end how it ended
   * @param failure the reason, if it failed
   * @param moves by which other ways it went on, in this order; empty if it kept to the planned one
   */
  public record Made(
      String text,
      String asker,
      Duration reached,
      Duration waited,
      Duration took,
      boolean joined,
      End end,
      Optional<String> failure,
      List<Move> moves) {
    public Made {
      moves = List.copyOf(moves);
    }
  }

  /** How a call ended. */
  public enum End {
    VALUE,
    FAILURE,
    CANCELLED,
    /** Not yet: the run goes on. */
    OPEN
  }

  static Analysis of(
      List<Node> nodes, Progress progress, long repeated, Instant began, Instant until) {
    var calls = new ArrayList<Made>();
    for (var node : nodes) {
      var acts = node.acts();
      if (!acts.isEmpty() || node.failure() != null) calls.add(made(node, acts, began));
    }
    calls.sort(Comparator.comparing(Made::reached).thenComparing(Made::text));
    return new Analysis(calls, progress, repeated, Duration.between(began, until));
  }

  private static Made made(Node node, List<Acting> acts, Instant began) {
    var acting = acts.isEmpty() ? Optional.<Acting>empty() : Optional.of(acts.getLast());
    var reached = acting.map(a -> Duration.between(began, a.reached)).orElse(Duration.ZERO);
    var times = acting.flatMap(a -> Optional.ofNullable(a.times()));
    var failure = Optional.ofNullable(node.failure());
    return new Made(
        node.call.toString(),
        node.first.label(),
        reached,
        times
            .map(t -> positive(Duration.between(acting.get().reached, t.out())))
            .orElse(Duration.ZERO),
        times.map(t -> positive(Duration.between(t.out(), t.back()))).orElse(Duration.ZERO),
        times.map(Acting.Times::joined).orElse(false),
        end(node, failure),
        failure.map(Failure::reason),
        acts.stream().flatMap(act -> act.moves().stream()).toList());
  }

  private static End end(Node node, Optional<Failure> failure) {
    if (failure.isPresent())
      return failure.get() instanceof Failure.Cancelled ? End.CANCELLED : End.FAILURE;
    if (!node.isOpen()) return End.VALUE;
    return node.run.isOver() ? End.CANCELLED : End.OPEN;
  }

  private static Duration positive(Duration length) {
    return length.isNegative() ? Duration.ZERO : length;
  }

  /** The analysis as lines of text, with a line break behind each. */
  @Override
  public String toString() {
    return AnalysisText.of(this);
  }
}
