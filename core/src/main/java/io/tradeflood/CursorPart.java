package io.tradeflood;

import io.tradeflood.binding.CursorBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Ask;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A history that is walked: each answer tells where the next begins. */
final class CursorPart<M> extends Part<M> {
  /** So many walks at once, where a range must be cut. */
  private static final int WALKS = 8;

  private final Draft draft;
  private final RangeQuery plain;
  private final List<TimeRange> walks;
  private final List<Ask.One<CursorBinding.Step<Row>>> asks = new ArrayList<>();

  /**
   * What is known of a request beforehand.
   *
   * @param bound who answers
   * @param query the question
   * @param range what is wanted
   * @param cut what of the range that was asked for cannot be had, and why
   */
  record Draft(
      Connectors.Bound<Connector, CursorBinding<Connector, RangeQuery, Row>> bound,
      RangeQuery query,
      TimeRange range,
      Optional<Coverage> cut) {}

  CursorPart(Request<M> request, String label, Draft draft) {
    super(request, label);
    this.draft = draft;
    this.plain =
        new QueryShape(draft.query().getClass()).with(draft.query(), Window.of(draft.range()));
    this.walks = walks(draft);
  }

  /** The range in pieces that one walk may be asked for, ascending; the newest may be shorter. */
  private static List<TimeRange> walks(Draft draft) {
    TimeRange range = draft.range();
    if (draft.bound().binding().span().isEmpty()) return List.of(range);
    var span = draft.bound().binding().span().get();
    var walks = new ArrayList<TimeRange>();
    if (draft.query().window().isTail()) {
      for (var end = range.end(); end.isAfter(range.start()); ) {
        var start = end.minus(span);
        walks.add(new TimeRange(start.isBefore(range.start()) ? range.start() : start, end));
        end = start;
      }
      return walks.reversed();
    }
    for (var start = range.start(); start.isBefore(range.end()); ) {
      var end = start.plus(span);
      walks.add(new TimeRange(start, end.isAfter(range.end()) ? range.end() : end));
      start = end;
    }
    return List.copyOf(walks);
  }

  @Override
  Optional<Window> window() {
    return Optional.of(draft.query().window());
  }

  /** The first step of each walk that begins at once. */
  @Override
  void ask(TurnScheme scheme) {
    var first = draft.query().window().isTail() ? walks.reversed() : walks;
    for (TimeRange walk : first.subList(0, Math.min(atOnce(), walks.size())))
      asks.add(
          scheme.ask(
              label(),
              draft
                  .bound()
                  .binding()
                  .plan(draft.bound().connector(), plain, walk, Optional.empty(), wanted())
                  // so that the plan tells that the walk goes on from here
                  .then(Turn::now)));
  }

  private int atOnce() {
    return isLimited() ? 1 : WALKS;
  }

  private boolean isLimited() {
    Window window = draft.query().window();
    return window.limit().isPresent() || window.isTail();
  }

  /** How many rows a walk is for, if that can be said: it goes the way that they lie. */
  private int wanted() {
    Window window = draft.query().window();
    boolean ascending = draft.bound().binding().order() == CursorBinding.Order.OLDEST_FIRST;
    if (!isLimited() || ascending == window.isTail()) return Integer.MAX_VALUE;
    return window.limit().orElse(Window.DEFAULT_LIMIT);
  }

  @Override
  int calls() {
    return Math.min(atOnce(), walks.size());
  }

  @Override
  int pageRows() {
    return draft.bound().binding().pageSize();
  }

  @Override
  Batches<M> open(TurnRun run) {
    var pieces = new ArrayList<Supplier<Batches<M>>>();
    var order = draft.query().window().isTail() ? walks.reversed() : walks;
    for (int i = 0; i < order.size(); i++) {
      TimeRange walk = order.get(i);
      Optional<Ask.One<CursorBinding.Step<Row>>> first =
          i < asks.size() ? Optional.of(asks.get(i)) : Optional.empty();
      pieces.add(() -> new Walk<>(run, label(), draft.bound(), plain, walk, first, wanted()));
    }
    Batches<M> told = new Told<>(draft.cut().stream().toList());
    if (draft.query().window().isTail())
      return new Chain<>(
          List.of(
              () -> told,
              () ->
                  new Newest<>(
                      pieces,
                      draft.query().window().limit().orElse(Window.DEFAULT_LIMIT),
                      draft.range())),
          1);
    pieces.addFirst(() -> told);
    return new Chain<>(pieces, isLimited() ? 1 : WALKS);
  }

  /** Says what is known of the coverage without asking. */
  private static final class Told<M> implements Batches<M> {
    private Optional<Batch<M>> batch;

    Told(List<Coverage> coverage) {
      batch = Optional.of(Batch.of(List.of(), coverage));
    }

    @Override
    public Optional<Batch<M>> next() {
      var once = batch;
      batch = Optional.empty();
      return once;
    }

    @Override
    public void cancel() {
      batch = Optional.empty();
    }
  }

  @Override
  PlanExplanation.Part explain() {
    boolean tail = draft.query().window().isTail();
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
        tail ? Optional.empty() : Optional.of(draft.range()),
        0,
        tail ? draft.query().window().limit().orElse(Window.DEFAULT_LIMIT) : 0);
  }
}
