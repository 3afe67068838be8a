package io.tradeflood.cli.output;

import io.tradeflood.model.AsArray;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One column of rows: a component of their record, a component of a record inside it ({@code
 * range.start}), or what they have in common.
 */
final class Column {
  /** What a column holds, as far as its look depends on it. */
  enum Kind {
    NUMBER,
    TIME,
    TEXT,
    /** Several values: written as JSON. */
    LIST
  }

  private final String name;
  private final Kind kind;
  private final Type type;
  private final Reader reader;

  private Column(String name, Kind kind, Type type, Reader reader) {
    this.name = name;
    this.kind = kind;
    this.type = type;
    this.reader = reader;
  }

  /** Reads a column of a row. */
  private interface Reader {
    @Nullable Object read(Object row);
  }

  /** The columns of a record, in the order of its components. */
  static List<Column> of(Class<?> record) {
    var columns = new ArrayList<Column>();
    collect(record, "", List.of(), columns);
    return List.copyOf(columns);
  }

  /**
   * What the rows have in common, then the columns of the record. A component of the same name
   * takes the place: a row may know better than the question whom it is about.
   */
  static List<Column> of(Heading heading) {
    var own = of(heading.record());
    var columns = new ArrayList<Column>();
    for (var common : heading.common().entrySet())
      columns.add(
          own.stream()
              .filter(c -> c.name.equals(common.getKey()))
              .findFirst()
              .orElse(
                  new Column(common.getKey(), Kind.TEXT, String.class, _ -> common.getValue())));
    for (var column : own) if (!heading.common().containsKey(column.name)) columns.add(column);
    return List.copyOf(columns);
  }

  private static void collect(
      Class<?> record, String before, List<Method> path, List<Column> columns) {
    for (RecordComponent component : record.getRecordComponents()) {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      var longer = new ArrayList<>(path);
      longer.add(accessor);
      Type type = withoutOptional(component.getGenericType());
      String name = before + component.getName();
      Class<?> raw = raw(type);
      if (raw.isRecord() && Values.isTakenApart(raw) && !raw.isAnnotationPresent(AsArray.class))
        collect(raw, name + ".", longer, columns);
      else columns.add(new Column(name, kind(raw), type, row -> walk(longer, row)));
    }
  }

  private static Kind kind(Class<?> type) {
    if (type == Instant.class) return Kind.TIME;
    if (type == BigDecimal.class
        || type == BigInteger.class
        || type == OptionalInt.class
        || type == OptionalLong.class
        || type == OptionalDouble.class
        || Number.class.isAssignableFrom(type)
        || type.isPrimitive() && type != boolean.class && type != char.class) return Kind.NUMBER;
    return Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type)
            || type.isArray()
            || type.isAnnotationPresent(AsArray.class)
        ? Kind.LIST
        : Kind.TEXT;
  }

  private static Type withoutOptional(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == Optional.class
        ? p.getActualTypeArguments()[0]
        : type;
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> c -> c;
      case ParameterizedType p -> (Class<?>) p.getRawType();
      default -> Object.class;
    };
  }

  String name() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  /** The type of the elements, where the column holds a list of records. */
  Optional<Class<?>> elements() {
    return kind == Kind.LIST
            && type instanceof ParameterizedType p
            && p.getActualTypeArguments().length == 1
            && raw(p.getActualTypeArguments()[0]).isRecord()
        ? Optional.of(raw(p.getActualTypeArguments()[0]))
        : Optional.empty();
  }

  /** The value in a row, without the Optional around it; null where it is absent. */
  @Nullable Object value(Object row) {
    return reader.read(row);
  }

  private static @Nullable Object walk(List<Method> path, Object row) {
    Object value = row;
    for (Method accessor : path) {
      if (value == null) return null;
      value = Values.present(call(accessor, value));
    }
    return value;
  }

  private static @Nullable Object call(Method accessor, Object row) {
    try {
      return accessor.invoke(row);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(accessor + " was made accessible, but is not", e);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException(accessor + " failed", e.getCause());
    }
  }
}
