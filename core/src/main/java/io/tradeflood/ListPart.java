package io.tradeflood;

import io.tradeflood.model.Window;
import io.tradeflood.turn.Ask;
import io.tradeflood.turn.Outcome;
import io.tradeflood.turn.Results;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnScheme;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has no history: the present value, or lists of one or more connectors, joined. */
final class ListPart<M> extends Part<M> {
  private final List<Connectors.Bound<?, ?>> bound;
  private final List<Turn<List<M>>> turns;
  private final Predicate<Object> filter;
  private Ask.@Nullable Each<List<M>> ask;

  ListPart(
      Request<M> request,
      String label,
      List<Connectors.Bound<?, ?>> bound,
      List<Turn<List<M>>> turns,
      Predicate<Object> filter) {
    super(request, label);
    this.bound = bound;
    this.turns = turns;
    this.filter = filter;
  }

  @Override
  Optional<Window> window() {
    return Optional.empty();
  }

  @Override
  void ask(TurnScheme scheme) {
    ask = scheme.each(label(), turns);
  }

  @Override
  int calls() {
    return turns.size();
  }

  @Override
  int pageRows() {
    return 1;
  }

  @Override
  Batches<M> open(TurnRun run) {
    if (ask == null) throw new IllegalStateException("Opened before it was asked for");
    Results<List<M>> results = run.results(ask);
    return new Batches<>() {
      @Override
      public Optional<Batch<M>> next() throws InterruptedException {
        if (!results.hasNext()) return Optional.empty();
        return Optional.of(
            switch (results.next()) {
              case Outcome.Value<List<M>>(var rows) ->
                  Batch.of(rows.stream().filter(filter).toList(), List.of());
              case Outcome.Failed<List<M>>(var failure) -> Batch.failed(failure, List.of());
            });
      }

      @Override
      public void cancel() {
        results.cancel();
      }
    };
  }

  @Override
  PlanExplanation.Part explain() {
    return new PlanExplanation.Part(
        request().exchange(),
        bound.getFirst().entry().model(),
        label(),
        PlanExplanation.Availability.CAN,
        "",
        names(b -> b.entry().type().getSimpleName()),
        names(Connectors.Bound::hostName),
        Optional.empty(),
        turns.size(),
        0);
  }

  private String names(java.util.function.Function<Connectors.Bound<?, ?>, String> name) {
    return bound.stream().map(name).distinct().collect(Collectors.joining(", "));
  }
}
