package io.tradeflood.proxyter.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** JSON Schema of what goes in and out, read off the records that it is made from. */
final class Schemas {

  /** What a component means, for people. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Words {
    String value();

    /** Goes in, but never comes out. */
    boolean secret() default false;

    /** The record that says what is in a map. */
    Class<?> shape() default Void.class;
  }

  /** One value, or a list of them. */
  record OneOrMore(String value) {}

  private final Map<String, Object> named = new LinkedHashMap<>();

  /** Every record that was met, by name. */
  Map<String, Object> named() {
    return named;
  }

  Map<String, Object> of(Type type) {
    if (type instanceof ParameterizedType parameterized) return generic(parameterized);
    if (!(type instanceof Class<?> raw)) return Map.of();
    if (raw == String.class || raw == Duration.class || raw == URI.class) return type("string");
    if (raw == Instant.class) return Map.of("type", "string", "format", "date-time");
    if (raw == boolean.class || raw == Boolean.class) return type("boolean");
    if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class)
      return type("integer");
    if (raw == double.class || raw == Double.class) return type("number");
    if (raw == OptionalLong.class) return type("integer");
    if (raw == OptionalDouble.class) return type("number");
    if (raw == OneOrMore.class)
      return Map.of(
          "oneOf", List.of(type("string"), Map.of("type", "array", "items", type("string"))));
    if (raw.isEnum())
      return Map.of(
          "type",
          "string",
          "enum",
          Arrays.stream(raw.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList());
    if (raw.isRecord()) return reference(raw);
    return Map.of();
  }

  private Map<String, Object> generic(ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Optional.class) return of(arguments[0]);
    if (Collection.class.isAssignableFrom(raw))
      return Map.of("type", "array", "items", of(arguments[0]));
    if (Map.class.isAssignableFrom(raw))
      return Map.of("type", "object", "additionalProperties", of(arguments[1]));
    return Map.of();
  }

  private static Map<String, Object> type(String name) {
    return Map.of("type", name);
  }

  private Map<String, Object> reference(Class<?> type) {
    String name = name(type);
    if (!named.containsKey(name)) {
      named.put(name, Map.of());
      named.put(name, record(type));
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /** {@code Document} alone says little. */
  private static String name(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    boolean plain = outer == null || outer == Answers.class || outer == Documents.class;
    return plain ? type.getSimpleName() : outer.getSimpleName() + type.getSimpleName();
  }

  private Map<String, Object> record(Class<?> type) {
    var properties = new LinkedHashMap<String, Object>();
    var required = new ArrayList<String>();
    for (RecordComponent component : type.getRecordComponents()) {
      JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
      String name = renamed == null ? component.getName() : renamed.value();
      properties.put(name, described(component));
      if (!isOptional(component)) required.add(name);
    }
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  private Map<String, Object> described(RecordComponent component) {
    Words words = component.getAnnotation(Words.class);
    if (words != null && words.shape() != Void.class) return of(words.shape());
    Map<String, Object> schema = new LinkedHashMap<>(of(component.getGenericType()));
    if (words == null) return schema;
    schema.put("description", words.value());
    if (words.secret()) schema.put("writeOnly", true);
    return schema;
  }

  private static boolean isOptional(RecordComponent component) {
    Class<?> type = component.getType();
    return type == Optional.class || type == OptionalLong.class || type == OptionalDouble.class;
  }
}
