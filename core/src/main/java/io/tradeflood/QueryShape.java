package io.tradeflood;

import io.tradeflood.model.Query;
import io.tradeflood.model.Window;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A query without the window in it: what it asks about, whichever part of the history is meant. */
final class QueryShape {
  private final List<RecordComponent> components;
  private final Constructor<? extends Query> constructor;

  QueryShape(Class<? extends Query> type) {
    components = List.of(type.getRecordComponents());
    try {
      constructor =
          type.getDeclaredConstructor(
              components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true); // a user's query need not be public
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("A record without its constructor", e);
    }
    for (RecordComponent component : components) component.getAccessor().setAccessible(true);
  }

  /** The components that are no window: two queries of one series have them equal. */
  List<Object> series(Query query) {
    var series = new ArrayList<Object>();
    for (RecordComponent component : components)
      if (component.getType() != Window.class) series.add(read(component, query));
    return series;
  }

  /** The same question of another part of the history. */
  <Q extends Query> Q with(Q query, Window window) {
    Object[] values =
        components.stream()
            .map(c -> c.getType() == Window.class ? window : read(c, query))
            .toArray();
    try {
      @SuppressWarnings("unchecked") // it is the query's own constructor
      Q other = (Q) constructor.newInstance(values);
      return other;
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          String.valueOf(Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse("")),
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(Arrays.toString(values), e);
    }
  }

  private static Object read(RecordComponent component, Query query) {
    try {
      return component.getAccessor().invoke(query);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
