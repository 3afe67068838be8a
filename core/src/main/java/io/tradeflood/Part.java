package io.tradeflood;

import io.tradeflood.model.Window;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnScheme;
import java.util.Optional;

/**
 * What becomes of one request in a plan.
 *
 * @param <M> the model
 */
abstract sealed class Part<M> permits CursorPart, GridPart, ListPart, RefusedPart, SequencePart {
  private final Request<M> request;
  private final String label;

  Part(Request<M> request, String label) {
    this.request = request;
    this.label = label;
  }

  final Request<M> request() {
    return request;
  }

  /** The request as text, for explanations. */
  final String label() {
    return label;
  }

  /** Which part of a history is asked for; empty for what has none. */
  abstract Optional<Window> window();

  /** Puts what is known beforehand into the scheme. */
  abstract void ask(TurnScheme scheme);

  /** How many calls are known beforehand. */
  abstract int calls();

  /** How many rows a page holds, for the memory that they take. */
  abstract int pageRows();

  /** Begins to read what the run brings. */
  abstract Batches<M> open(TurnRun run);

  abstract PlanExplanation.Part explain();
}
