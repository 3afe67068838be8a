package io.tradeflood;

import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import io.tradeflood.model.Query;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Window;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The question about the past that belongs to one about what happens. */
final class PastOf {
  private PastOf() {}

  /** Empty if the exchange has no history of the model that can be asked for the same thing. */
  static <M> Optional<Request<M>> request(Index index, Request<M> live, Window window) {
    return index.bindings().stream()
        .filter(b -> !b.isLive() && b.exchange().equals(live.exchange()))
        .filter(b -> b.modelType() == live.model())
        .filter(b -> RangeQuery.class.isAssignableFrom(b.queryType()))
        .map(BindingEntry::queryType)
        .distinct()
        .flatMap(type -> query(type, live.query(), window).stream())
        .findFirst()
        .map(query -> new Request<>(live.exchange(), live.model(), query, live.tenant()));
  }

  private static Optional<Query> query(Class<? extends Query> type, Query live, Window window) {
    var past = new QueryRecord<>(type);
    try {
      var values = new ArrayList<Object>();
      for (RecordComponent wanted : past.components()) {
        var value = value(wanted, live, window);
        if (value.isEmpty()) return Optional.empty();
        values.add(value.get());
      }
      return Optional.of(past.make(values.toArray()));
    } catch (IllegalArgumentException notAskable) {
      return Optional.empty();
    }
  }

  private static Optional<Object> value(RecordComponent wanted, Query live, Window window) {
    if (wanted.getType() == Window.class) return Optional.of(window);
    var said = new QueryRecord<>(live.getClass());
    for (RecordComponent component : said.components())
      if (component.getName().equals(wanted.getName()) && component.getType() == wanted.getType())
        return Optional.ofNullable(said.read(component, live));
    if (wanted.getType() == Optional.class) return Optional.of(Optional.empty());
    if (wanted.getType() == OptionalInt.class) return Optional.of(OptionalInt.empty());
    return wanted.getType() == OptionalLong.class
        ? Optional.of(OptionalLong.empty())
        : Optional.empty();
  }
}
