package io.tradeflood;

import io.tradeflood.binding.CursorBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Ask;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Outcome;
import io.tradeflood.turn.Result;
import io.tradeflood.turn.TurnRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One walk along a cursor. Oldest first it gives what each step brings; newest first it has to hold
 * everything until it has arrived at the range's start.
 */
final class Walk<M> implements Batches<M> {
  /** Pages that shift while they are read repeat rows; so many are remembered. */
  private static final int REMEMBERED = 20_000;

  private final TurnRun run;
  private final String label;
  private final Connectors.Bound<Connector, CursorBinding<Connector, RangeQuery, Row>> bound;
  private final RangeQuery query;
  private final TimeRange range;
  private final int wanted;
  private final Map<Tidy.Key, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Tidy.Key, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final List<M> held = new ArrayList<>();
  private Optional<Result<CursorBinding.Step<Row>>> step;
  private Optional<String> cursor = Optional.empty();
  private Instant told;
  private int got;
  private boolean ended;

  /**
   * @param first the first step, if it was asked for in the scheme
   * @param wanted how many rows are enough
   */
  Walk(
      TurnRun run,
      String label,
      Connectors.Bound<Connector, CursorBinding<Connector, RangeQuery, Row>> bound,
      RangeQuery query,
      TimeRange range,
      Optional<Ask.One<CursorBinding.Step<Row>>> first,
      int wanted) {
    this.run = run;
    this.label = label;
    this.bound = bound;
    this.query = query;
    this.range = range;
    this.wanted = wanted;
    this.told = range.start();
    this.step = first.map(run::result);
  }

  @Override
  public Optional<Batch<M>> next() throws InterruptedException {
    while (!ended) {
      var going = step.orElseGet(this::go);
      step = Optional.of(going);
      Batch<M> batch =
          switch (going.outcome()) {
            case Outcome.Value<CursorBinding.Step<Row>>(var value) -> take(value);
            case Outcome.Failed<CursorBinding.Step<Row>>(var failure) -> fail(failure);
          };
      if (!batch.rows().isEmpty() || !batch.coverage().isEmpty() || ended)
        return Optional.of(batch);
    }
    return Optional.empty();
  }

  private Result<CursorBinding.Step<Row>> go() {
    int more = wanted == Integer.MAX_VALUE ? wanted : Math.max(1, wanted - got);
    return run.submit(label, bound.binding().plan(bound.connector(), query, range, cursor, more));
  }

  private Batch<M> take(CursorBinding.Step<Row> value) {
    boolean ascending = bound.binding().order() == CursorBinding.Order.OLDEST_FIRST;
    List<M> rows = fresh(value.rows());
    got += rows.size();
    boolean past =
        value.rows().stream()
            .anyMatch(
                row ->
                    ascending
                        ? !row.time().isBefore(range.end())
                        : row.time().isBefore(range.start()));
    if (value.next().isPresent() && value.next().equals(cursor))
      return fail(
          new Failure.Unreadable(
              "%s came back to the cursor %s that it was given: its binding %s must go on"
                  .formatted(label, cursor.get(), bound.binding())));
    ended = value.next().isEmpty() || past || got >= wanted;
    cursor = value.next();
    step = Optional.empty();
    if (ascending) {
      Instant until =
          ended && got < wanted
              ? range.end()
              : rows.isEmpty() ? told : ((Row) rows.getLast()).time();
      return Batch.of(rows, coverage(until));
    }
    held.addAll(rows);
    if (!ended) return Batch.of(List.of(), List.of());
    List<M> whole = Tidy.rows(held, range);
    held.clear();
    if (got >= wanted && !whole.isEmpty()) told = ((Row) whole.getFirst()).time();
    return Batch.of(whole, coverage(range.end()));
  }

  @SuppressWarnings("unchecked") // the index found the binding by the model's class
  private List<M> fresh(List<Row> rows) {
    return (List<M>)
        Tidy.rows(rows, range).stream()
            .filter(row -> seen.put(Tidy.Key.of(row), true) == null)
            .toList();
  }

  private List<Coverage> coverage(Instant until) {
    if (!until.isAfter(told)) return List.of();
    var piece =
        new Coverage(
            new TimeRange(told, until), got == 0 ? Coverage.State.EMPTY : Coverage.State.HELD, "");
    told = until;
    return List.of(piece);
  }

  /** What came before the failure is kept. */
  private Batch<M> fail(Failure failure) {
    ended = true;
    List<M> whole = Tidy.rows(held, range);
    var coverage = new ArrayList<Coverage>();
    var lost = new TimeRange(told, range.end());
    if (!whole.isEmpty()) {
      Instant from = ((Row) whole.getFirst()).time();
      lost = new TimeRange(told, from);
      coverage.add(new Coverage(new TimeRange(from, range.end()), Coverage.State.HELD, ""));
    }
    coverage.addFirst(new Coverage(lost, Coverage.State.FAILED, failure.reason()));
    held.clear();
    return new Batch<>(whole, coverage, Optional.of(failure));
  }

  @Override
  public void cancel() {
    ended = true;
    step.ifPresent(Result::cancel);
  }
}
