package io.tradeflood.model;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a model's record consists of, read off its components: the one source of columns, whatever
 * is written. Immutable; reading it costs reflection, so keep it.
 *
 * @param type the record
 * @param components in the record's order
 */
public record RecordSchema(Class<?> type, List<Component> components) {
  public RecordSchema {
    components = List.copyOf(components);
  }

  /** What a value is, as far as those who write it care. */
  public enum Kind {
    /** A number with a fraction; {@link BigDecimal}, or a double where a user's record has one. */
    DECIMAL,
    /** {@link Instant}, UTC. */
    TIME,
    /** A whole number. */
    INTEGER,
    /** Words; also values that are written as text, such as {@link Symbol} and {@link Interval}. */
    TEXT,
    BOOLEAN,
    /** One of a fixed set; written in small letters. */
    ENUM,
    /** A record in the record. */
    RECORD,
    /** Several values. */
    LIST
  }

  /**
   * One component of a record.
   *
   * @param name its name; of a column of {@link #columns}, with the names of those that hold it
   *     before it, joined by dots
   * @param kind what its value is
   * @param optional whether there may be no value
   * @param type the value's class; of a list, that of its elements
   * @param nested of a record, or a list of records, what these consist of; empty for one that is
   *     in itself, as in a tree
   * @param reader takes the value out of the record, see {@link #value}
   */
  public record Component(
      String name,
      Kind kind,
      boolean optional,
      Class<?> type,
      Optional<RecordSchema> nested,
      Reader reader) {

    /** The value in the record, without what wraps it; empty if there is none. */
    public Optional<Object> value(Object record) {
      return reader.read(record);
    }
  }

  /** Takes a value out of a record. */
  @FunctionalInterface
  public interface Reader {
    /** The value, out of its {@code Optional} if it is in one. */
    Optional<Object> read(Object record);
  }

  /**
   * Reads a record's class.
   *
   * @throws IllegalArgumentException if it is no record
   */
  public static RecordSchema of(Class<?> type) {
    return of(type, List.of());
  }

  private static RecordSchema of(Class<?> type, List<Class<?>> outer) {
    if (!type.isRecord())
      throw new IllegalArgumentException(
          "A model must be a record, but %s is none".formatted(type.getName()));
    var within = new ArrayList<>(outer);
    within.add(type);
    return new RecordSchema(
        type,
        Arrays.stream(type.getRecordComponents())
            .map(component -> component(component, within))
            .toList());
  }

  /** The component of the name. */
  public Optional<Component> component(String name) {
    return components.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /**
   * The columns of a table: records in the record are taken apart, their components named like
   * {@code best.price}; those that are written as an array, and lists, stay one column.
   */
  public List<Component> columns() {
    var columns = new ArrayList<Component>();
    for (Component component : components) {
      boolean apart =
          component.kind() == Kind.RECORD && !component.type().isAnnotationPresent(AsArray.class);
      if (!apart || component.nested().isEmpty()) columns.add(component);
      else
        for (Component inner : component.nested().get().columns())
          columns.add(
              new Component(
                  component.name() + "." + inner.name(),
                  inner.kind(),
                  component.optional() || inner.optional(),
                  inner.type(),
                  inner.nested(),
                  record -> component.value(record).flatMap(inner::value)));
    }
    return columns;
  }

  private static Component component(RecordComponent component, List<Class<?>> within) {
    Type type = component.getGenericType();
    boolean optional = false;
    MethodHandle accessor = accessor(component);
    Reader reader = record -> Optional.ofNullable(read(accessor, record));
    if (component.getType() == Optional.class) {
      optional = true;
      type = argument(type);
      reader = record -> ((Optional<?>) read(accessor, record)).map(Object.class::cast);
    } else if (component.getType() == OptionalInt.class) {
      return new Component(
          component.getName(),
          Kind.INTEGER,
          true,
          int.class,
          Optional.empty(),
          record -> {
            var value = (OptionalInt) read(accessor, record);
            return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
          });
    } else if (component.getType() == OptionalLong.class) {
      return new Component(
          component.getName(),
          Kind.INTEGER,
          true,
          long.class,
          Optional.empty(),
          record -> {
            var value = (OptionalLong) read(accessor, record);
            return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
          });
    } else if (component.getType() == OptionalDouble.class) {
      return new Component(
          component.getName(),
          Kind.DECIMAL,
          true,
          double.class,
          Optional.empty(),
          record -> {
            var value = (OptionalDouble) read(accessor, record);
            return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
          });
    }
    Kind kind = kind(raw(type));
    Class<?> value = kind == Kind.LIST ? element(type) : raw(type);
    Optional<RecordSchema> nested =
        value.isRecord() && kind(value) == Kind.RECORD && !within.contains(value)
            ? Optional.of(of(value, within))
            : Optional.empty();
    return new Component(component.getName(), kind, optional, value, nested, reader);
  }

  private static Kind kind(Class<?> type) {
    if (type == BigDecimal.class
        || type == double.class
        || type == float.class
        || type == Double.class
        || type == Float.class) return Kind.DECIMAL;
    if (type == Instant.class) return Kind.TIME;
    if (type == boolean.class || type == Boolean.class) return Kind.BOOLEAN;
    if (type.isPrimitive() && type != char.class
        || type == BigInteger.class
        || type == Integer.class
        || type == Long.class
        || type == Short.class
        || type == Byte.class) return Kind.INTEGER;
    if (type.isEnum()) return Kind.ENUM;
    if (Collection.class.isAssignableFrom(type) || type.isArray()) return Kind.LIST;
    if (type.isRecord() && !type.isAnnotationPresent(AsText.class)) return Kind.RECORD;
    return Kind.TEXT;
  }

  private static Class<?> element(Type type) {
    Class<?> raw = raw(type);
    return raw.isArray() ? raw.getComponentType() : raw(argument(type));
  }

  private static Type argument(Type type) {
    return type instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[0]
        : Object.class;
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
      default -> Object.class;
    };
  }

  private static MethodHandle accessor(RecordComponent component) {
    try {
      AccessibleObject open = component.getAccessor();
      open.setAccessible(true); // a user's record need not be public
      return MethodHandles.lookup()
          .unreflect(component.getAccessor())
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          "%s is closed to TradeFlood: let its module open its package"
              .formatted(component.getDeclaringRecord().getName()),
          e);
    }
  }

  private static Object read(MethodHandle accessor, Object record) {
    try {
      return accessor.invokeExact(record);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("An accessor threw a checked exception", e);
    }
  }
}
