package io.tradeflood;

import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.history.Cut;
import io.tradeflood.history.Page;
import io.tradeflood.history.PagePlan;
import io.tradeflood.history.Pages;
import io.tradeflood.model.Bar;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A history on a grid: its pages are known before anything runs. */
final class GridPart<M> extends Part<M> {
  /** Clocks may be apart by so much: a page that ends earlier holds no open bar for sure. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  /** Where the exchange tells no time, a bar counts as closed so long after its end. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  /** After so many failures in a row the rest is given up. */
  private static final int FAILURES = 3;

  private final Draft<M> draft;
  private final List<Page> pages;
  private final List<Coverage> cuts;
  private final Instant now;
  private final InstantSource clock;
  private Ask.@Nullable Each<Fetched<M>> ask;

  /**
   * What is known of a request before pages are laid for all requests of its series.
   *
   * @param bound who answers
   * @param query the question
   * @param pages what the binding declares
   * @param asked the range that was asked for, on the grid
   * @param wanted what of it the binding says that it can give
   * @param reason why not the rest; empty if all
   * @param single the pages that this request alone would take
   */
  record Draft<M>(
      Connectors.Bound<Connector, HistoryBinding<Connector, RangeQuery, ?>> bound,
      RangeQuery query,
      Pages pages,
      TimeRange asked,
      TimeRange wanted,
      String reason,
      PagePlan single) {}

  /** The rows of a page, and up to when they are known not to change. */
  private record Fetched<M>(List<M> rows, Instant settled) {}

  /**
   * @param united the pages of all requests of the series
   * @param now when it was planned
   */
  GridPart(
      Request<M> request,
      String label,
      Draft<M> draft,
      PagePlan united,
      Instant now,
      InstantSource clock) {
    super(request, label);
    this.draft = draft;
    this.now = now;
    this.clock = clock;
    this.pages =
        united.pages().stream()
            .filter(page -> page.range().intersection(draft.wanted()).isPresent())
            .toList();
    this.cuts = cuts(draft);
  }

  private static List<Coverage> cuts(Draft<?> draft) {
    var line = new CoverageLine();
    TimeRange asked = draft.asked();
    TimeRange wanted = draft.wanted();
    line.add(
        new Coverage(
            new TimeRange(asked.start(), wanted.start()),
            Coverage.State.BEYOND_RETENTION,
            draft.reason()));
    for (Cut cut : draft.single().cuts()) {
      Coverage.State state =
          switch (cut.why()) {
            case BEYOND_REACH -> Coverage.State.BEYOND_RETENTION;
            case OPEN, FUTURE -> Coverage.State.UNSETTLED;
          };
      line.add(new Coverage(cut.range(), state, cut.reason()));
    }
    line.add(
        new Coverage(
            new TimeRange(wanted.end(), asked.end()),
            Coverage.State.BEYOND_RETENTION,
            draft.reason()));
    return line.pieces();
  }

  @Override
  Optional<Window> window() {
    return Optional.of(draft.query().window());
  }

  @Override
  void ask(TurnScheme scheme) {
    var shape = new QueryShape(draft.query().getClass());
    ask = scheme.each(label(), pages.stream().map(page -> turn(shape, page)).toList());
  }

  @Override
  int calls() {
    return pages.size();
  }

  @Override
  int pageRows() {
    return pages.stream().mapToInt(Page::limit).max().orElse(0);
  }

  private Turn<Fetched<M>> turn(QueryShape shape, Page page) {
    var binding = draft.bound().binding();
    Connector connector = draft.bound().connector();
    @SuppressWarnings("unchecked") // the index found the binding by the model's class
    Turn<List<M>> rows =
        (Turn<List<M>>)
            (Turn<?>)
                binding.plan(connector, shape.with(draft.query(), Window.of(page.range())), page);
    if (!page.range().end().plus(CLOCKS_APART).isAfter(now))
      return rows.map(given -> new Fetched<>(Tidy.rows(given, page.range()), Instant.MAX));
    return binding
        .clock(connector)
        .map(
            exchange ->
                rows.after(
                    exchange.recover(_ -> Turn.now(Instant.EPOCH)),
                    (given, time) ->
                        settle(given, page, time.equals(Instant.EPOCH) ? ours() : time)))
        .orElseGet(() -> rows.map(given -> settle(given, page, ours())));
  }

  private Instant ours() {
    return clock.instant().minus(MARGIN);
  }

  private Fetched<M> settle(List<M> given, Page page, Instant settled) {
    var rows = new ArrayList<M>(Tidy.rows(given, page.range()));
    for (int i = 0; i < rows.size(); i++)
      if (rows.get(i) instanceof Bar<?> bar && isOpen(bar, settled)) rows.set(i, open(bar));
    return new Fetched<>(rows, settled);
  }

  private static boolean isOpen(Bar<?> bar, Instant settled) {
    return bar.interval().next(bar.time()).isAfter(settled);
  }

  @SuppressWarnings("unchecked") // a bar's type of bar is its own
  private M open(Bar<?> bar) {
    return (M) bar.closed(false);
  }

  @Override
  Batches<M> open(TurnRun run) {
    if (ask == null) throw new IllegalStateException("Opened before it was asked for");
    return new Reading(run.results(ask));
  }

  /** Reads page by page. */
  private final class Reading implements Batches<M> {
    private final Results<Fetched<M>> results;
    private int page = -1;
    private int failures;

    Reading(Results<Fetched<M>> results) {
      this.results = results;
    }

    @Override
    public Optional<Batch<M>> next() throws InterruptedException {
      if (page++ < 0) return Optional.of(Batch.of(List.of(), cuts));
      if (!results.hasNext() || page > pages.size()) return Optional.empty();
      TimeRange range = pages.get(page - 1).range().intersection(draft.wanted()).orElseThrow();
      return Optional.of(
          switch (results.next()) {
            case Outcome.Value<Fetched<M>>(var fetched) -> held(range, fetched);
            case Outcome.Failed<Fetched<M>>(var failure) -> failed(range, failure);
          });
    }

    private Batch<M> held(TimeRange range, Fetched<M> fetched) {
      failures = 0;
      var rows =
          range.equals(pages.get(page - 1).range())
              ? fetched.rows()
              : fetched.rows().stream().filter(row -> range.contains(((Row) row).time())).toList();
      boolean bars = Bar.class.isAssignableFrom(request().model());
      return Batch.of(
          rows,
          bars
              ? CoverageLine.ofBars(draft.pages().interval(), range, rows, fetched.settled())
              : CoverageLine.ofRows(range, rows, fetched.settled()));
    }

    private Batch<M> failed(TimeRange range, Failure failure) {
      TimeRange lost = range;
      if (++failures >= FAILURES && results.hasNext()) {
        lost = new TimeRange(range.start(), draft.wanted().end());
        page = pages.size();
        results.cancel();
      }
      return Batch.failed(
          failure, List.of(new Coverage(lost, Coverage.State.FAILED, failure.reason())));
    }

    @Override
    public void cancel() {
      results.cancel();
    }
  }

  @Override
  PlanExplanation.Part explain() {
    var beyond =
        cuts.stream().filter(c -> c.state() == Coverage.State.BEYOND_RETENTION).findFirst();
    return new PlanExplanation.Part(
        request().exchange(),
        draft.bound().entry().model(),
        label(),
        beyond.isPresent() ? PlanExplanation.Availability.PARTLY : PlanExplanation.Availability.CAN,
        beyond.map(c -> c.range() + " " + c.reason()).orElse(""),
        draft.bound().entry().type().getSimpleName(),
        draft.bound().hostName(),
        pages.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new TimeRange(
                    later(pages.getFirst().range().start(), draft.wanted().start()),
                    earlier(pages.getLast().range().end(), draft.wanted().end()))),
        pages.size(),
        pages.stream()
            .map(page -> page.range().intersection(draft.wanted()).orElseThrow())
            .mapToLong(draft.pages().interval()::count)
            .sum());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
