package io.tradeflood;

import io.tradeflood.binding.SequenceBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Ask;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Outcome;
import io.tradeflood.turn.Results;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnScheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A history whose rows are numbered: its ends are located, then all that lies between is had at
 * once in pages on a fixed grid of numbers, where that takes no more calls than starting at the
 * first.
 */
final class SequencePart<M> extends Part<M> {
  private final Draft draft;
  private final Window window;
  private final RangeQuery plain;
  private Ask.@Nullable One<First<M>> ask;

  /**
   * What is known of a request beforehand.
   *
   * @param bound who answers
   * @param query the question
   * @param range what is wanted; the end is the present, or later, if it is open
   * @param open whether the newest rows belong to it
   * @param cut what of the range that was asked for cannot be had, and why
   */
  record Draft(
      Connectors.Bound<Connector, SequenceBinding<Connector, RangeQuery, Row>> bound,
      RangeQuery query,
      TimeRange range,
      boolean open,
      Optional<Coverage> cut) {}

  /**
   * The rows that locating the start has already brought.
   *
   * @param number the number of the first of them; empty if there are none at all
   */
  private record First<M>(OptionalLong number, List<M> rows) {}

  SequencePart(Request<M> request, String label, Draft draft) {
    super(request, label);
    this.draft = draft;
    this.window = draft.query().window();
    // equal for all requests of the series, so that equal pages are equal calls
    this.plain = new QueryShape(draft.query().getClass()).with(draft.query(), Window.latest(1));
  }

  @Override
  Optional<Window> window() {
    return Optional.of(window);
  }

  @Override
  int calls() {
    return 2;
  }

  @Override
  int pageRows() {
    return binding().pageSize();
  }

  private SequenceBinding<Connector, RangeQuery, Row> binding() {
    return draft.bound().binding();
  }

  private Connector connector() {
    return draft.bound().connector();
  }

  @Override
  void ask(TurnScheme scheme) {
    int limit = window.limit().orElse(window.isTail() ? Window.DEFAULT_LIMIT : Integer.MAX_VALUE);
    Turn<First<M>> first;
    if (!window.isTail())
      first =
          at(draft.range().start())
              .then(number -> page(number, Math.min(limit, binding().pageSize())));
    else if (draft.open()) first = latest(limit);
    else
      first =
          at(draft.range().end())
              .then(
                  number ->
                      number.isEmpty()
                          ? latest(limit)
                          : page(
                              OptionalLong.of(
                                  Math.max(
                                      0,
                                      number.getAsLong() - Math.min(limit, binding().pageSize()))),
                              Math.min(limit, binding().pageSize())));
    ask = scheme.ask(label(), first);
  }

  private Turn<OptionalLong> at(Instant moment) {
    return binding().firstAt(connector(), plain, moment);
  }

  private Turn<First<M>> latest(int count) {
    return binding().latest(connector(), plain, count).map(this::first);
  }

  private Turn<First<M>> page(OptionalLong number, int count) {
    return number.isEmpty()
        ? Turn.now(new First<M>(OptionalLong.empty(), List.of()))
        : rows(number.getAsLong(), count).map(rows -> new First<M>(number, rows));
  }

  private First<M> first(List<Row> rows) {
    List<M> tidy = tidy(rows);
    return tidy.isEmpty()
        ? new First<>(OptionalLong.empty(), tidy)
        : new First<>(OptionalLong.of(binding().numberOf((Row) tidy.getFirst())), tidy);
  }

  private Turn<List<M>> rows(long first, int count) {
    return binding().plan(connector(), plain, first, count).map(this::tidy);
  }

  /** All rows, in order: whether they are in the range is seen later. */
  @SuppressWarnings("unchecked") // the index found the binding by the model's class
  private List<M> tidy(List<Row> rows) {
    return (List<M>) Tidy.rows(rows, new TimeRange(Instant.MIN, Instant.MAX));
  }

  /** Pages of the numbers from one up to another, on a grid if that takes no more calls. */
  private List<Turn<List<M>>> pages(long from, long until) {
    int size = binding().pageSize();
    long plainCalls = Math.ceilDiv(until - from, size);
    long gridCalls = Math.ceilDiv(until, size) - Math.floorDiv(from, size);
    long origin = gridCalls <= plainCalls ? Math.floorDiv(from, size) * size : from;
    var pages = new ArrayList<Turn<List<M>>>();
    for (long at = origin; at < until; at += size) {
      long first = Math.max(at, from);
      pages.add(rows(first, Math.toIntExact(Math.min(at + size, until) - first)));
    }
    return pages;
  }

  @Override
  Batches<M> open(TurnRun run) {
    return new Reading(run);
  }

  private enum Stage {
    CUT,
    FIRST,
    LOCATE,
    PAGES,
    END
  }

  private final class Reading implements Batches<M> {
    private final TurnRun run;
    private Stage stage = Stage.CUT;
    private long next;
    private Instant told = draft.range().start();
    private @Nullable Results<List<M>> results;
    private List<M> last = List.of();

    Reading(TurnRun run) {
      this.run = run;
    }

    @Override
    public Optional<Batch<M>> next() throws InterruptedException {
      return switch (stage) {
        case CUT -> {
          stage = Stage.FIRST;
          yield Optional.of(Batch.of(List.of(), draft.cut().stream().toList()));
        }
        case FIRST -> Optional.of(first());
        case LOCATE -> Optional.of(locate());
        case PAGES -> page();
        case END -> Optional.empty();
      };
    }

    private Batch<M> first() throws InterruptedException {
      if (ask == null) throw new IllegalStateException("Opened before it was asked for");
      return switch (run.result(ask).outcome()) {
        case Outcome.Failed<First<M>>(var failure) -> fail(failure);
        case Outcome.Value<First<M>>(var first) -> window.isTail() ? newest(first) : oldest(first);
      };
    }

    private Batch<M> oldest(First<M> first) {
      int wanted = window.limit().orElse(Integer.MAX_VALUE);
      int size = Math.min(wanted, binding().pageSize());
      List<M> rows = first.rows();
      if (first.number().isEmpty() || rows.size() < size || isPast(rows) || rows.size() >= wanted) {
        stage = Stage.END;
        return held(rows, draft.range().end());
      }
      next = first.number().getAsLong() + rows.size();
      stage = Stage.LOCATE;
      if (window.limit().isPresent()) {
        results = run.submitEach(label(), pages(next, first.number().getAsLong() + (long) wanted));
        stage = Stage.PAGES;
      }
      return held(rows, time(rows.getLast()));
    }

    /** Finds the end, then has everything before it at once. */
    private Batch<M> locate() throws InterruptedException {
      Turn<OptionalLong> newest =
          binding()
              .latest(connector(), plain, 1)
              .map(
                  rows ->
                      rows.isEmpty()
                          ? OptionalLong.empty()
                          : OptionalLong.of(binding().numberOf(rows.getLast()) + 1));
      Turn<OptionalLong> end =
          draft.open()
              ? newest
              : at(draft.range().end()).then(n -> n.isPresent() ? Turn.now(n) : newest);
      return switch (run.submit(label(), end).outcome()) {
        case Outcome.Failed<OptionalLong>(var failure) -> fail(failure);
        case Outcome.Value<OptionalLong>(var number) -> {
          results = run.submitEach(label(), pages(next, Math.max(next, number.orElse(next))));
          stage = Stage.PAGES;
          yield Batch.of(List.of(), List.of());
        }
      };
    }

    private Batch<M> newest(First<M> first) {
      int wanted = window.limit().orElse(Window.DEFAULT_LIMIT);
      long number = first.number().orElse(0);
      if (first.rows().size() >= wanted || number <= 0) {
        stage = Stage.END;
        return held(first.rows(), draft.range().end());
      }
      last = first.rows();
      results =
          run.submitEach(
              label(), pages(Math.max(0, number - (wanted - first.rows().size())), number));
      stage = Stage.PAGES;
      return Batch.of(List.of(), List.of());
    }

    private Optional<Batch<M>> page() throws InterruptedException {
      if (results == null || !results.hasNext()) {
        stage = Stage.END;
        return Optional.of(held(last, draft.range().end()));
      }
      return Optional.of(
          switch (results.next()) {
            case Outcome.Failed<List<M>>(var failure) -> {
              results.cancel();
              yield fail(failure);
            }
            case Outcome.Value<List<M>>(var rows) -> {
              if (window.isTail() || !isPast(rows))
                yield held(rows, rows.isEmpty() ? told : time(rows.getLast()));
              results.cancel();
              stage = Stage.END;
              yield held(rows, draft.range().end());
            }
          });
    }

    private Batch<M> held(List<M> rows, Instant until) {
      if (window.isTail() && !rows.isEmpty() && told.equals(draft.range().start()))
        told = time(rows.getFirst());
      if (!until.isAfter(told)) return Batch.of(rows, List.of());
      var coverage =
          new Coverage(
              new TimeRange(told, until),
              rows.isEmpty() && stage == Stage.END && told.equals(draft.range().start())
                  ? Coverage.State.EMPTY
                  : Coverage.State.HELD,
              "");
      told = until;
      return Batch.of(rows, List.of(coverage));
    }

    private Batch<M> fail(Failure failure) {
      stage = Stage.END;
      Instant until = last.isEmpty() ? draft.range().end() : time(last.getFirst());
      var coverage = new CoverageLine();
      if (until.isAfter(told))
        coverage.add(
            new Coverage(new TimeRange(told, until), Coverage.State.FAILED, failure.reason()));
      if (draft.range().end().isAfter(until))
        coverage.add(new TimeRange(until, draft.range().end()), Coverage.State.HELD);
      return new Batch<>(last, coverage.pieces(), Optional.of(failure));
    }

    private boolean isPast(List<M> rows) {
      return !draft.open()
          && !rows.isEmpty()
          && !time(rows.getLast()).isBefore(draft.range().end());
    }

    private Instant time(M row) {
      return ((Row) row).time();
    }

    @Override
    public void cancel() {
      stage = Stage.END;
      if (results != null) results.cancel();
      else if (ask != null) run.result(ask).cancel();
    }
  }

  @Override
  PlanExplanation.Part explain() {
    return new PlanExplanation.Part(
        request().exchange(),
        draft.bound().entry().model(),
        label(),
        draft.cut().isPresent()
            ? PlanExplanation.Availability.PARTLY
            : PlanExplanation.Availability.CAN,
        draft.cut().map(c -> c.range() + " " + c.reason()).orElse(""),
        draft.bound().entry().type().getSimpleName(),
        draft.bound().hostName(),
        window.isTail() ? Optional.empty() : Optional.of(draft.range()),
        0,
        window.isTail() ? window.limit().orElse(Window.DEFAULT_LIMIT) : 0);
  }
}
