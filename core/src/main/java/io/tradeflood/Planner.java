package io.tradeflood;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.Binding;
import io.tradeflood.binding.BookBinding;
import io.tradeflood.binding.CatalogBinding;
import io.tradeflood.binding.CursorBinding;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.binding.SequenceBinding;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.history.Aim;
import io.tradeflood.history.Cut;
import io.tradeflood.history.PagePlan;
import io.tradeflood.history.Paging;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Query;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.SymbolQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Chooses who answers each request, and lays the pages of all requests of a series together. */
final class Planner {
  private final Index index;
  private final Connectors connectors;
  private final InstantSource clock;
  private final Instant now;

  Planner(Index index, Connectors connectors, InstantSource clock) {
    this.index = index;
    this.connectors = connectors;
    this.clock = clock;
    this.now = clock.instant();
  }

  /** A series of one connector: requests of one series share their pages. */
  private record Series(String hostName, String tenant, Class<?> binding, List<Object> question) {}

  /** A limit, as far as pages tell: what is asked of one is weighed together. */
  private record LimitKey(String hostName, long capacity, Duration window) {}

  List<Part<?>> parts(List<? extends Request<?>> requests) {
    var chosen = new ArrayList<Choice<?>>();
    for (Request<?> request : new LinkedHashSet<Request<?>>(requests)) chosen.add(choose(request));
    Map<Series, List<GridPart.Draft<?>>> series = new LinkedHashMap<>();
    for (Choice<?> choice : chosen)
      if (choice instanceof Choice.Grid<?> grid)
        series.computeIfAbsent(series(grid), _ -> new ArrayList<>()).add(grid.draft());
    Map<Series, PagePlan> united = unite(series);
    var parts = new ArrayList<Part<?>>();
    for (Choice<?> choice : chosen) parts.add(part(choice, united));
    return parts;
  }

  private <M> Part<M> part(Choice<M> choice, Map<Series, PagePlan> united) {
    return switch (choice) {
      case Choice.Grid<M> grid -> {
        PagePlan pages = united.get(series(grid));
        if (pages == null) throw new IllegalStateException("A series without pages");
        yield new GridPart<>(grid.request(), grid.label(), grid.draft(), pages, now, clock);
      }
      case Choice.Ready<M>(var part) -> part;
    };
  }

  private Series series(Choice.Grid<?> grid) {
    var draft = grid.draft();
    return new Series(
        draft.bound().hostName(),
        grid.request().tenant(),
        draft.bound().entry().type(),
        new QueryShape(draft.query().getClass()).series(draft.query()));
  }

  /** Many small series may together be much for a limit: then all of them save it. */
  private Map<Series, PagePlan> unite(Map<Series, List<GridPart.Draft<?>>> series) {
    Map<Series, PagePlan> quick = new LinkedHashMap<>();
    Map<LimitKey, Long> weights = new LinkedHashMap<>();
    series.forEach(
        (key, drafts) -> {
          PagePlan plan = lay(drafts, Aim.FEWEST_CALLS);
          quick.put(key, plan);
          weights.merge(limit(key, drafts), plan.weight(), Long::sum);
        });
    Map<Series, PagePlan> united = new LinkedHashMap<>();
    series.forEach(
        (key, drafts) -> {
          long weight = weights.getOrDefault(limit(key, drafts), 0L);
          Aim aim = Paging.aim(weight, drafts.getFirst().pages().price());
          united.put(
              key,
              aim == Aim.LEAST_WEIGHT
                  ? lay(drafts, aim)
                  : quick.getOrDefault(key, lay(drafts, aim)));
        });
    return united;
  }

  private static LimitKey limit(Series series, List<GridPart.Draft<?>> drafts) {
    var price = drafts.getFirst().pages().price();
    return new LimitKey(series.hostName(), price.capacity(), price.window());
  }

  private PagePlan lay(List<GridPart.Draft<?>> drafts, Aim aim) {
    return Paging.plan(
        drafts.getFirst().pages(), drafts.stream().map(GridPart.Draft::wanted).toList(), now, aim);
  }

  /** What was decided for a request. */
  private sealed interface Choice<M> {
    /** Its pages are still to be laid, together with those of others. */
    record Grid<M>(Request<M> request, String label, GridPart.Draft<M> draft)
        implements Choice<M> {}

    /** Nothing is left to decide. */
    record Ready<M>(Part<M> part) implements Choice<M> {}
  }

  private <M> Choice<M> choose(Request<M> request) {
    var entries =
        index.bindings().stream()
            .filter(b -> b.exchange().equals(request.exchange()))
            .filter(b -> b.modelType() == request.model() && !b.isLive())
            .toList();
    String model = entries.isEmpty() ? request.model().getSimpleName() : entries.getFirst().model();
    String label = Labels.of(request, model);
    var asked = entries.stream().filter(b -> b.queryType() == request.query().getClass()).toList();
    if (asked.isEmpty()) return refuse(request, label, model, unknown(request, model, entries));
    if (request.query() instanceof RangeQuery range
        && range.window().from().filter(from -> !from.isBefore(now)).isPresent())
      return refuse(
          request,
          label,
          model,
          "The range starts at %s, which is in the future: ask for an earlier one"
              .formatted(range.window().from().get()));
    var reasons = new LinkedHashSet<String>();
    var offers = new ArrayList<Offer<M>>();
    var trading = asked.stream().filter(entry -> trades(request, entry)).toList();
    for (BindingEntry entry : trading.isEmpty() ? asked : trading)
      offer(request, label, entry, reasons).ifPresent(offers::add);
    if (offers.isEmpty()) return refuse(request, label, model, String.join("; ", reasons));
    if (request.query() instanceof SymbolQuery || offers.size() == 1)
      return offers.stream().min(Offer.ORDER).orElseThrow().choice();
    return joined(request, label, asked);
  }

  private String unknown(Request<?> request, String model, List<BindingEntry> entries) {
    boolean live =
        index.bindings().stream()
            .anyMatch(
                b ->
                    b.isLive()
                        && b.exchange().equals(request.exchange())
                        && b.modelType() == request.model());
    if (entries.isEmpty() && live)
      return "Model %s of %s is told live only: watch it".formatted(model, request.exchange());
    if (!index.exchanges().contains(request.exchange()))
      return Near.unknown("exchange", request.exchange(), index.exchanges());
    if (entries.isEmpty())
      return Near.unknown("model", model, request.exchange(), index.models(request.exchange()));
    if (request.query() instanceof RangeQuery
        && entries.stream().noneMatch(b -> RangeQuery.class.isAssignableFrom(b.queryType())))
      return "The past of %s is not to be had from %s, only what it is now: leave out the range, and keep what you will want later when it is live"
          .formatted(model, request.exchange());
    return "Model %s of %s is asked for with %s, not with %s"
        .formatted(
            model,
            request.exchange(),
            String.join(
                " or ",
                entries.stream().map(b -> b.queryType().getSimpleName()).distinct().toList()),
            request.query().getClass().getSimpleName());
  }

  private static <M> Choice<M> refuse(
      Request<M> request, String label, String model, String reason) {
    var coverage = new ArrayList<Coverage>();
    if (request.query() instanceof RangeQuery range
        && range.window().from().isPresent()
        && range.window().to().isPresent())
      coverage.add(
          new Coverage(
              new TimeRange(range.window().from().get(), range.window().to().get()),
              Coverage.State.FAILED,
              reason));
    return new Choice.Ready<>(new RefusedPart<>(request, label, model, reason, coverage));
  }

  /**
   * One way to answer.
   *
   * @param whole whether it gives all that was asked for
   * @param cost how long it takes from its limit, in seconds, and a tenth for each call
   */
  private record Offer<M>(Choice<M> choice, boolean whole, double cost) {
    static final Comparator<Offer<?>> ORDER =
        Comparator.<Offer<?>, Boolean>comparing(offer -> !offer.whole())
            .thenComparingDouble(Offer::cost);
  }

  /** Whether the market behind a binding is the symbol's; that others are not is no reason then. */
  private boolean trades(Request<?> request, BindingEntry entry) {
    if (!(request.query() instanceof SymbolQuery about)) return true;
    try {
      return connectors.bound(entry, request.tenant()).connector().covers(about.symbol());
    } catch (RuntimeException e) {
      return true; // the offer says what is wrong with it
    }
  }

  private <M> Optional<Offer<M>> offer(
      Request<M> request, String label, BindingEntry entry, Set<String> reasons) {
    try {
      var bound = connectors.bound(entry, request.tenant());
      if (request.query() instanceof SymbolQuery about
          && !bound.connector().covers(about.symbol())) {
        reasons.add("%s does not trade %s".formatted(bound.hostName(), about.symbol()));
        return Optional.empty();
      }
      @SuppressWarnings("unchecked") // the entry's types were read off the binding
      var binding = (Binding<Connector, Query, M>) bound.binding();
      return switch (binding.availability(bound.connector(), request.query(), now)) {
        case Availability.Can() -> draft(request, label, bound, Optional.empty(), reasons);
        case Availability.Partly partly ->
            draft(request, label, bound, Optional.of(partly), reasons);
        case Availability.Cannot(var reason) -> {
          reasons.add(reason);
          yield Optional.empty();
        }
      };
    } catch (Failure | IllegalArgumentException e) {
      reasons.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked") // the entry's types were read off the binding
  private <M> Optional<Offer<M>> draft(
      Request<M> request,
      String label,
      Connectors.Bound<Connector, Binding<?, ?, ?>> bound,
      Optional<Availability.Partly> partly,
      Set<String> reasons) {
    var drafts = new Drafts(now, partly, reasons);
    return switch (bound.binding()) {
      case HistoryBinding<?, ?, ?> _ ->
          drafts
              .<M>grid(
                  (Connectors.Bound<Connector, HistoryBinding<Connector, RangeQuery, ?>>)
                      (Connectors.Bound<?, ?>) bound,
                  (RangeQuery) request.query())
              .map(draft -> offer(request, label, draft));
      case SequenceBinding<?, ?, ?> _ ->
          drafts
              .sequence(
                  (Connectors.Bound<Connector, SequenceBinding<Connector, RangeQuery, Row>>)
                      (Connectors.Bound<?, ?>) bound,
                  (RangeQuery) request.query())
              .map(
                  draft ->
                      new Offer<M>(
                          new Choice.Ready<M>(new SequencePart<>(request, label, draft)),
                          draft.cut().isEmpty(),
                          1));
      case CursorBinding<?, ?, ?> _ ->
          drafts
              .cursor(
                  (Connectors.Bound<Connector, CursorBinding<Connector, RangeQuery, Row>>)
                      (Connectors.Bound<?, ?>) bound,
                  (RangeQuery) request.query())
              .map(
                  draft ->
                      new Offer<M>(
                          new Choice.Ready<M>(new CursorPart<>(request, label, draft)),
                          draft.cut().isEmpty(),
                          1));
      case SnapshotBinding<?, ?, ?> _, CatalogBinding<?, ?, ?> _ ->
          Optional.of(
              new Offer<M>(new Choice.Ready<M>(list(request, label, List.of(bound))), true, 0.1));
      case LiveBinding<?, ?, ?> _, BookBinding<?> _ ->
          throw new IllegalStateException("What is live is watched, not pulled");
    };
  }

  private static <M> Offer<M> offer(Request<M> request, String label, GridPart.Draft<M> draft) {
    var price = draft.pages().price();
    double seconds =
        (double) draft.single().weight() * price.window().toMillis() / price.capacity() / 1_000;
    boolean whole =
        draft.reason().isEmpty()
            && draft.single().cuts().stream().noneMatch(cut -> cut.why() == Cut.Why.BEYOND_REACH);
    return new Offer<>(
        new Choice.Grid<>(request, label, draft), whole, seconds + draft.single().calls() * 0.1);
  }

  /** What is no instrument's: all that can answer do, each for its part of the exchange. */
  private <M> Choice<M> joined(Request<M> request, String label, List<BindingEntry> entries) {
    return new Choice.Ready<>(
        list(
            request,
            label,
            entries.stream().map(entry -> connectors.bound(entry, request.tenant())).toList()));
  }

  private <M> ListPart<M> list(
      Request<M> request, String label, List<Connectors.Bound<Connector, Binding<?, ?, ?>>> bound) {
    Predicate<Object> filter =
        request.query() instanceof CatalogQuery catalog
            ? Patterns.rows(request.model(), catalog.symbols())
            : _ -> true;
    return new ListPart<>(
        request,
        label,
        List.copyOf(bound),
        bound.stream().map(one -> Planner.<M>turn(one, request.query())).toList(),
        filter);
  }

  @SuppressWarnings("unchecked") // the entry's types were read off the binding
  private static <M> Turn<List<M>> turn(
      Connectors.Bound<Connector, Binding<?, ?, ?>> bound, Query query) {
    return switch (bound.binding()) {
      case SnapshotBinding<?, ?, ?> snapshot ->
          ((SnapshotBinding<Connector, Query, M>) snapshot)
              .plan(bound.connector(), query)
              .map(List::of);
      case CatalogBinding<?, ?, ?> catalog ->
          ((CatalogBinding<Connector, Query, M>) catalog).plan(bound.connector(), plain(query));
      case HistoryBinding<?, ?, ?> _,
          SequenceBinding<?, ?, ?> _,
          CursorBinding<?, ?, ?> _,
          LiveBinding<?, ?, ?> _,
          BookBinding<?> _ ->
          throw new IllegalStateException("A history is no list, nor is what is live");
    };
  }

  /** What is filtered here is no part of the question. */
  private static Query plain(Query query) {
    return query instanceof CatalogQuery ? new CatalogQuery() : query;
  }

  /** Whether instruments of this kind are traded where the binding connects to. */
  boolean covers(BindingEntry entry, Symbol symbol) {
    return connectors.bound(entry, "").connector().covers(symbol);
  }
}
