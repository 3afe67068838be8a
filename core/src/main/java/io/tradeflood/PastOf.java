package io.tradeflood;

import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import io.tradeflood.model.Query;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Window;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
    var components = type.getRecordComponents();
    var values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(components[i], live, window);
      if (values[i] == null) return Optional.empty();
    }
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true); // a user's query need not be public
      return Optional.of(constructor.newInstance(values));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Object value(RecordComponent wanted, Query live, Window window) {
    if (wanted.getType() == Window.class) return window;
    for (var component : live.getClass().getRecordComponents())
      if (component.getName().equals(wanted.getName()) && component.getType() == wanted.getType())
        try {
          component.getAccessor().setAccessible(true);
          return component.getAccessor().invoke(live);
        } catch (ReflectiveOperationException e) {
          return null;
        }
    if (wanted.getType() == Optional.class) return Optional.empty();
    if (wanted.getType() == OptionalInt.class) return OptionalInt.empty();
    return wanted.getType() == OptionalLong.class ? OptionalLong.empty() : null;
  }
}
