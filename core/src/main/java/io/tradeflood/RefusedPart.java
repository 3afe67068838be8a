package io.tradeflood;

import io.tradeflood.model.Window;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnScheme;
import java.util.List;
import java.util.Optional;

/** A request that cannot be answered. */
final class RefusedPart<M> extends Part<M> {
  private final String model;
  private final String reason;
  private final List<Coverage> coverage;

  /**
   * @param model the word for the model
   * @param reason why, and what would work instead
   * @param coverage what is known of the range nevertheless
   */
  RefusedPart(
      Request<M> request, String label, String model, String reason, List<Coverage> coverage) {
    super(request, label);
    this.model = model;
    this.reason = reason;
    this.coverage = coverage;
  }

  @Override
  Optional<Window> window() {
    return Optional.empty();
  }

  @Override
  void ask(TurnScheme scheme) {
    // nothing is asked for what cannot be had
  }

  @Override
  int calls() {
    return 0;
  }

  @Override
  int pageRows() {
    return 0;
  }

  @Override
  Batches<M> open(TurnRun run) {
    return new Batches<>() {
      private boolean told;

      @Override
      public Optional<Batch<M>> next() {
        if (told) return Optional.empty();
        told = true;
        return Optional.of(Batch.failed(new Failure.Unsupported(reason), coverage));
      }

      @Override
      public void cancel() {
        told = true;
      }
    };
  }

  @Override
  PlanExplanation.Part explain() {
    return new PlanExplanation.Part(
        request().exchange(),
        model,
        label(),
        PlanExplanation.Availability.CANNOT,
        reason,
        "",
        "",
        Optional.empty(),
        0,
        0);
  }
}
