package io.tradeflood;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.CursorBinding;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.binding.SequenceBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.history.PagePlan;
import io.tradeflood.history.Pages;
import io.tradeflood.history.Paging;
import io.tradeflood.model.Bar;
import io.tradeflood.model.Interval;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Works out which part of a history a binding can give, before anything is requested. */
final class Drafts {
  private final Instant now;
  private final Optional<Availability.Partly> partly;
  private final Set<String> reasons;

  /**
   * @param partly what the binding itself says that it can give
   * @param reasons takes the words where nothing can be given
   */
  Drafts(Instant now, Optional<Availability.Partly> partly, Set<String> reasons) {
    this.now = now;
    this.partly = partly;
    this.reasons = reasons;
  }

  <M> Optional<GridPart.Draft<M>> grid(
      Connectors.Bound<Connector, HistoryBinding<Connector, RangeQuery, ?>> bound,
      RangeQuery query) {
    Pages pages = bound.binding().pages(query);
    boolean bars = Bar.class.isAssignableFrom(bound.entry().modelType());
    TimeRange asked = range(pages, query.window(), bars);
    if (pages.interval().count(asked) == 0) {
      reasons.add(
          "No %s bar starts between %s and %s: ask for a longer range"
              .formatted(
                  pages.interval(),
                  query.window().from().orElse(asked.start()),
                  query.window().to().orElse(now)));
      return Optional.empty();
    }
    TimeRange wanted = asked;
    String reason = "";
    if (partly.isPresent()) {
      var common = asked.intersection(partly.get().range());
      if (common.isEmpty()) {
        reasons.add(partly.get().reason());
        return Optional.empty();
      }
      wanted =
          new TimeRange(
              pages.interval().ceil(common.get().start()),
              pages.interval().ceil(common.get().end()));
      if (!wanted.equals(asked)) reason = partly.get().reason();
    }
    PagePlan single = Paging.plan(pages, List.of(wanted), now);
    if (single.pages().isEmpty()) {
      single
          .cuts()
          .forEach(
              cut ->
                  reasons.add(
                      "%s of %s on %s %s"
                          .formatted(
                              bound.entry().model(),
                              query.symbol(),
                              bound.hostName(),
                              cut.reason())));
      return Optional.empty();
    }
    return Optional.of(new GridPart.Draft<>(bound, query, pages, asked, wanted, reason, single));
  }

  /** Rows that are no bars may lie beside the grid: a point more is taken at both ends. */
  private TimeRange range(Pages pages, Window window, boolean bars) {
    TimeRange range = Paging.range(pages, window, now);
    if (bars) return range;
    Interval grid = pages.interval();
    Instant start = window.from().map(grid::floor).orElse(grid.plus(range.start(), -1));
    Instant end =
        window.limit().isPresent() && !window.isTail() ? grid.plus(range.end(), 1) : range.end();
    return new TimeRange(start, end);
  }

  Optional<SequencePart.Draft> sequence(
      Connectors.Bound<Connector, SequenceBinding<Connector, RangeQuery, Row>> bound,
      RangeQuery query) {
    boolean open = query.window().to().map(to -> to.isAfter(now)).orElse(true);
    var reach = bound.binding().reach(query, now);
    TimeRange asked = range(query.window(), reach);
    return possible(asked, reach, bound.entry().model(), query, bound.hostName())
        .map(
            range ->
                new SequencePart.Draft(
                    bound,
                    query,
                    range.wanted(),
                    open && range.wanted().end().equals(asked.end()),
                    range.cut()));
  }

  Optional<CursorPart.Draft> cursor(
      Connectors.Bound<Connector, CursorBinding<Connector, RangeQuery, Row>> bound,
      RangeQuery query) {
    var reach = bound.binding().reach(query, now);
    TimeRange asked = range(query.window(), reach);
    return possible(asked, reach, bound.entry().model(), query, bound.hostName())
        .map(range -> new CursorPart.Draft(bound, query, range.wanted(), range.cut()));
  }

  /** The window as a range; the present is no finer than a minute, so that many share it. */
  private TimeRange range(Window window, Optional<TimeRange> reach) {
    Instant present = Interval.M1.next(now);
    Instant end = window.to().filter(to -> to.isBefore(present)).orElse(present);
    Instant start =
        window.from().orElseGet(() -> reach.map(TimeRange::start).orElse(Instant.EPOCH));
    return new TimeRange(start.isAfter(end) ? end : start, end);
  }

  /** The part of a range that can be given, and what is said of the rest. */
  private record Possible(TimeRange wanted, Optional<Coverage> cut) {}

  private Optional<Possible> possible(
      TimeRange asked, Optional<TimeRange> reach, String model, RangeQuery query, String hostName) {
    String reason =
        partly
            .map(Availability.Partly::reason)
            .orElseGet(
                () ->
                    "%s of %s on %s begins at %s: ask from there on"
                        .formatted(
                            model,
                            query.symbol(),
                            hostName,
                            reach.map(TimeRange::start).orElse(Instant.EPOCH)));
    Optional<TimeRange> wanted = Optional.of(asked);
    if (reach.isPresent()) wanted = wanted.flatMap(untilPresent(reach.get(), asked)::intersection);
    if (partly.isPresent()) wanted = wanted.flatMap(partly.get().range()::intersection);
    if (wanted.isEmpty()) {
      reasons.add(reason);
      return Optional.empty();
    }
    Optional<Coverage> cut = Optional.empty();
    if (wanted.get().start().isAfter(asked.start()))
      cut =
          Optional.of(
              new Coverage(
                  new TimeRange(asked.start(), wanted.get().start()),
                  Coverage.State.BEYOND_RETENTION,
                  reason));
    else if (wanted.get().end().isBefore(asked.end()) && partly.isPresent())
      cut =
          Optional.of(
              new Coverage(
                  new TimeRange(wanted.get().end(), asked.end()),
                  Coverage.State.BEYOND_RETENTION,
                  reason));
    return Optional.of(new Possible(wanted.get(), cut));
  }

  /** What reaches up to now reaches up to the end of the minute. */
  private TimeRange untilPresent(TimeRange reach, TimeRange asked) {
    return reach.end().isBefore(now) || reach.end().isAfter(asked.end())
        ? reach
        : new TimeRange(reach.start(), asked.end());
  }
}
