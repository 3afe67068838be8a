package io.tradeflood;

import io.tradeflood.model.Query;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * A type of queries: what its record consists of, and how one is made. It need not be public, since
 * users write theirs where they like.
 */
final class QueryRecord<Q extends Query> {
  private final List<RecordComponent> components;
  private final Constructor<Q> constructor;

  QueryRecord(Class<Q> type) {
    components = List.of(type.getRecordComponents());
    try {
      constructor =
          type.getDeclaredConstructor(
              components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("A record without its constructor", e);
    }
    constructor.trySetAccessible();
    for (RecordComponent component : components) component.getAccessor().trySetAccessible();
  }

  List<RecordComponent> components() {
    return components;
  }

  /**
   * A query of these values, one for each component.
   *
   * @throws IllegalArgumentException if the query does not accept them, in its words, or cannot be
   *     made here
   */
  Q make(Object... values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(""), e);
    } catch (ReflectiveOperationException e) {
      throw closed("made", e);
    }
  }

  /**
   * What a query says.
   *
   * @throws IllegalArgumentException if it cannot be read here
   */
  Object read(RecordComponent component, Query query) {
    try {
      return component.getAccessor().invoke(query);
    } catch (ReflectiveOperationException e) {
      throw closed("read", e);
    }
  }

  private IllegalArgumentException closed(String what, ReflectiveOperationException why) {
    return new IllegalArgumentException(
        "%s cannot be %s: let its module open its package"
            .formatted(constructor.getDeclaringClass().getName(), what),
        why);
  }
}
