package io.tradeflood.net.json;

import io.tradeflood.model.AsArray;
import io.tradeflood.model.AsText;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes any record as JSON, by its components.
 *
 * <ul>
 *   <li>A decimal is a text with the digits it has, {@code "0.00100000"}; whole numbers are
 *       numbers.
 *   <li>An {@code Instant} is an ISO-8601 text in UTC, with the digits it needs.
 *   <li>An enum is its name in lower case.
 *   <li>An empty {@code Optional} is left out; in a list it is {@code null}.
 *   <li>A record is an object; one marked with {@link AsArray} is the array of its components, and
 *       one marked {@link AsText}, like an interval, is its {@code toString}.
 *   <li>Lists are arrays, maps are objects, and anything else is its {@code toString}.
 * </ul>
 *
 * <p>What a class looks like is found out once a writer. Safe to share; an output is not.
 */
public final class RecordWriter {

  private final ClassValue<Shape> shapes =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private final ClassValue<byte[][]> constants =
      new ClassValue<>() {
        @Override
        protected byte[][] computeValue(Class<?> type) {
          return constants(type);
        }
      };

  /** Makes a writer which knows no class yet. */
  public RecordWriter() {}

  /** Writes a record as one value. */
  public void write(Record value, JsonOutput output) {
    Shape shape = shapes.get(value.getClass());
    switch (shape.form) {
      case TEXT -> output.text(value.toString());
      case ARRAY -> {
        output.beginArray();
        elements(shape, value, output);
        output.endArray();
      }
      case OBJECT -> {
        output.beginObject();
        fields(shape, value, output);
        output.endObject();
      }
    }
  }

  /** Writes the components of a record as fields of the object which is open already. */
  public void writeFields(Record value, JsonOutput output) {
    fields(shapes.get(value.getClass()), value, output);
  }

  /** A record as the bytes of one value. */
  public byte[] toBytes(Record value) {
    var output = new JsonOutput();
    write(value, output);
    return output.toBytes();
  }

  /** Writes any value: a record, a list, a map, a decimal, a text. */
  public void writeValue(Object value, JsonOutput output) {
    switch (value) {
      case BigDecimal decimal -> output.decimal(decimal);
      case String text -> output.text(text);
      case Record nested -> write(nested, output);
      case Instant instant -> output.instant(instant);
      case Enum<?> constant -> output.preparedText(text(constant));
      case Boolean bool -> output.bool(bool);
      case Double number -> output.text(plain(number));
      case Float number -> output.text(plain(number));
      case Long number -> output.number(number);
      case Integer number -> output.number(number);
      case Short number -> output.number(number);
      case Byte number -> output.number(number);
      case Iterable<?> list -> writeList(list, output);
      case Map<?, ?> map -> writeMap(map, output);
      case Optional<?> optional -> writeOptional(optional.orElse(null), output);
      case OptionalLong optional -> writeOptional(boxed(optional), output);
      case OptionalInt optional -> writeOptional(boxed(optional), output);
      case OptionalDouble optional -> writeOptional(boxed(optional), output);
      default -> output.text(value.toString());
    }
  }

  private void fields(Shape shape, Record value, JsonOutput output) {
    for (Component component : shape.components) {
      switch (component.kind) {
        case WHOLE -> output.preparedName(component.name).number(component.whole(value));
        case BOOLEAN -> output.preparedName(component.name).bool(component.bool(value));
        case OPTIONAL -> {
          Object content = content(component.object(value));
          if (content != null) {
            output.preparedName(component.name);
            writeValue(content, output);
          }
        }
        case OBJECT -> {
          output.preparedName(component.name);
          writeValue(component.object(value), output);
        }
      }
    }
  }

  private void elements(Shape shape, Record value, JsonOutput output) {
    for (Component component : shape.components) {
      switch (component.kind) {
        case WHOLE -> output.number(component.whole(value));
        case BOOLEAN -> output.bool(component.bool(value));
        case OPTIONAL, OBJECT -> writeValue(component.object(value), output);
      }
    }
  }

  private void writeList(Iterable<?> list, JsonOutput output) {
    output.beginArray();
    for (Object element : list) {
      writeValue(element, output);
    }
    output.endArray();
  }

  private void writeMap(Map<?, ?> map, JsonOutput output) {
    output.beginObject();
    map.forEach(
        (key, value) -> {
          output.name(key.toString());
          writeValue(value, output);
        });
    output.endObject();
  }

  private void writeOptional(@Nullable Object content, JsonOutput output) {
    if (content == null) {
      output.nothing();
    } else {
      writeValue(content, output);
    }
  }

  private static @Nullable Object content(Object optional) {
    return switch (optional) {
      case Optional<?> value -> value.orElse(null);
      case OptionalLong value -> boxed(value);
      case OptionalInt value -> boxed(value);
      case OptionalDouble value -> boxed(value);
      default -> optional;
    };
  }

  private static @Nullable Object boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static @Nullable Object boxed(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }

  private static @Nullable Object boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** A floating point number as a plain decimal, if it is one. */
  private static String plain(Number number) {
    return Double.isFinite(number.doubleValue())
        ? new BigDecimal(number.toString()).toPlainString()
        : number.toString();
  }

  private byte[] text(Enum<?> constant) {
    return constants.get(constant.getDeclaringClass())[constant.ordinal()];
  }

  private static byte[][] constants(Class<?> type) {
    boolean ownText = hasOwnText(type);
    return Arrays.stream(type.getEnumConstants())
        .map(Enum.class::cast)
        .map(e -> ownText ? e.toString() : e.name().toLowerCase(Locale.ROOT))
        .map(text -> new JsonOutput().text(text).toBytes())
        .toArray(byte[][]::new);
  }

  /** A constant that somebody gave a text of its own is written so. */
  private static boolean hasOwnText(Class<?> type) {
    return type.isRecord()
        ? type.isAnnotationPresent(AsText.class)
        : Arrays.stream(type.getDeclaredMethods())
            .anyMatch(
                method -> method.getName().equals("toString") && method.getParameterCount() == 0);
  }

  /** How the records of a class are written. */
  private record Shape(Form form, List<Component> components) {

    private enum Form {
      OBJECT,
      ARRAY,
      TEXT
    }

    static Shape of(Class<?> type) {
      Form form =
          hasOwnText(type)
              ? Form.TEXT
              : type.isAnnotationPresent(AsArray.class) ? Form.ARRAY : Form.OBJECT;
      return new Shape(form, Arrays.stream(type.getRecordComponents()).map(Component::of).toList());
    }
  }

  /** A component of a record, with its way to be read. */
  private record Component(byte[] name, Kind kind, MethodHandle read) {

    private enum Kind {
      WHOLE,
      BOOLEAN,
      OPTIONAL,
      OBJECT
    }

    static Component of(RecordComponent component) {
      Class<?> type = component.getType();
      Kind kind = kind(type);
      Class<?> as =
          switch (kind) {
            case WHOLE -> long.class;
            case BOOLEAN -> boolean.class;
            case OPTIONAL, OBJECT -> Object.class;
          };
      byte[] name =
          (new JsonOutput().text(component.getName()) + ":").getBytes(StandardCharsets.UTF_8);
      return new Component(
          name,
          kind,
          handle(component.getAccessor()).asType(MethodType.methodType(as, Record.class)));
    }

    private static Kind kind(Class<?> type) {
      if (type == long.class || type == int.class || type == short.class || type == byte.class) {
        return Kind.WHOLE;
      }
      if (type == boolean.class) {
        return Kind.BOOLEAN;
      }
      return type == Optional.class
              || type == OptionalLong.class
              || type == OptionalInt.class
              || type == OptionalDouble.class
          ? Kind.OPTIONAL
          : Kind.OBJECT;
    }

    private static MethodHandle handle(Method accessor) {
      accessor.setAccessible(true);
      try {
        return MethodHandles.lookup().unreflect(accessor);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("Cannot read " + accessor + ": open its package", e);
      }
    }

    long whole(Record value) {
      try {
        return (long) read.invokeExact(value);
      } catch (Throwable e) {
        throw unchecked(e);
      }
    }

    boolean bool(Record value) {
      try {
        return (boolean) read.invokeExact(value);
      } catch (Throwable e) {
        throw unchecked(e);
      }
    }

    Object object(Record value) {
      try {
        return (Object) read.invokeExact(value);
      } catch (Throwable e) {
        throw unchecked(e);
      }
    }

    /** An accessor declares no checked exception, so there is none. */
    private static RuntimeException unchecked(Throwable e) {
      if (e instanceof Error error) {
        throw error;
      }
      return (RuntimeException) e;
    }
  }
}
