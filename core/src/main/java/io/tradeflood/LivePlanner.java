package io.tradeflood;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.Binding;
import io.tradeflood.binding.BookBinding;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.binding.PolledBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Query;
import io.tradeflood.model.SymbolQuery;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses who tells each request that is watched. */
final class LivePlanner {
  private final Index index;
  private final Connectors connectors;
  private final Instant now;

  LivePlanner(Index index, Connectors connectors, InstantSource clock) {
    this.index = index;
    this.connectors = connectors;
    this.now = clock.instant();
  }

  <M> LivePart<M> part(Request<M> request) {
    var entries =
        index.bindings().stream()
            .filter(b -> b.exchange().equals(request.exchange()))
            .filter(b -> b.modelType() == request.model())
            .toList();
    String model = entries.isEmpty() ? request.model().getSimpleName() : entries.getFirst().model();
    String label = Labels.of(request, model);
    var live = entries.stream().filter(b -> b.isLive() || b.isPolled()).toList();
    var asked = live.stream().filter(b -> b.queryType() == request.query().getClass()).toList();
    if (asked.isEmpty())
      return new LivePart.Refused<>(request, label, model, unknown(request, model, entries, live));
    var reasons = new LinkedHashSet<String>();
    return asked.stream()
        // A book that the exchange sends whole needs no keeping; what is told, no asking.
        .sorted(
            Comparator.comparing(BindingEntry::isPolled)
                .thenComparing(b -> BookBinding.class.isAssignableFrom(b.type())))
        .flatMap(entry -> offer(request, label, entry, reasons).stream())
        .findFirst()
        .orElseGet(() -> new LivePart.Refused<>(request, label, model, String.join("; ", reasons)));
  }

  private String unknown(
      Request<?> request, String model, List<BindingEntry> entries, List<BindingEntry> live) {
    if (!index.exchanges().contains(request.exchange()))
      return Near.unknown("exchange", request.exchange(), index.exchanges());
    if (entries.isEmpty())
      return Near.unknown("model", model, request.exchange(), index.models(request.exchange()));
    if (live.isEmpty())
      return "Model %s of %s is not told live: pull it again and again"
          .formatted(model, request.exchange());
    return "Model %s of %s is watched with %s, not with %s"
        .formatted(
            model,
            request.exchange(),
            String.join(
                " or ", live.stream().map(b -> b.queryType().getSimpleName()).distinct().toList()),
            request.query().getClass().getSimpleName());
  }

  private <M> Optional<LivePart<M>> offer(
      Request<M> request, String label, BindingEntry entry, Set<String> reasons) {
    try {
      var bound = connectors.bound(entry, request.tenant());
      if (request.query() instanceof SymbolQuery about
          && !bound.connector().covers(about.symbol())) {
        reasons.add("%s does not trade %s".formatted(bound.hostName(), about.symbol()));
        return Optional.empty();
      }
      return switch (available(bound, request.query())) {
        case Availability.Cannot(var reason) -> {
          reasons.add(reason);
          yield Optional.empty();
        }
        case Availability.Can _, Availability.Partly _ -> Optional.of(part(request, label, bound));
      };
    } catch (Failure | IllegalArgumentException e) {
      reasons.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked") // the entry's types were read off the binding
  private static <M> LivePart<M> part(
      Request<M> request, String label, Connectors.Bound<?, ?> bound) {
    return switch (bound.binding()) {
      case BookBinding<?> _ ->
          new LivePart.Book<>(
              request,
              label,
              (Connectors.Bound<Connector, BookBinding<Connector>>) bound,
              (BookQuery) request.query());
      case PolledBinding<?, ?, ?> _ ->
          new LivePart.Polled<>(
              request,
              label,
              (Connectors.Bound<Connector, PolledBinding<Connector, Query, M>>) bound,
              request.query());
      default ->
          new LivePart.Rows<>(
              request,
              label,
              (Connectors.Bound<Connector, LiveBinding<Connector, Query, M>>) bound,
              request.query());
    };
  }

  @SuppressWarnings("unchecked") // the entry's types were read off the binding
  private Availability available(Connectors.Bound<Connector, Binding<?, ?, ?>> bound, Query query) {
    return ((Binding<Connector, Query, ?>) bound.binding())
        .availability(bound.connector(), query, now);
  }
}
