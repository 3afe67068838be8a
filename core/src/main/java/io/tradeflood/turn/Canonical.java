package io.tradeflood.turn;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of arguments: same meaning, same key. Numbers lose trailing zeros, collections
 * are copied, sets and maps of comparable things sorted. What is no value is refused.
 */
final class Canonical {
  /** What is wrong with a type as an argument; empty text if nothing. */
  private final Map<Class<?>, String> verdicts = new ConcurrentHashMap<>();

  /** Puts the canonical form of each argument in its place. */
  void settle(Object[] arguments, Class<?> type, Method method) {
    for (int i = 0; i < arguments.length; i++) {
      var argument = arguments[i];
      if (argument instanceof String
          || argument instanceof Integer
          || argument instanceof Instant
          || argument instanceof Turn) continue;
      try {
        arguments[i] = of(argument);
      } catch (NotAValue e) {
        throw new IllegalArgumentException(
            "An argument of an endpoint must be a value, but %s %s for method %s.%s"
                .formatted(name(method, i), e.getMessage(), type.getSimpleName(), method.getName()),
            e);
      }
    }
  }

  private static String name(Method method, int index) {
    var parameter = method.getParameters()[index];
    return "argument "
        + (index + 1)
        + (parameter.isNamePresent() ? " (" + parameter.getName() + ")" : "");
  }

  private Object of(@Nullable Object argument) {
    return switch (argument) {
      case null -> throw new NotAValue("is null: use Optional");
      case String text -> text;
      case Integer number -> number;
      case Long number -> number;
      case Boolean flag -> flag;
      case Instant moment -> moment;
      case Duration length -> length;
      case Enum<?> constant -> constant;
      case Turn<?> _ ->
          throw new NotAValue("holds a turn, which would not be run: pass Turn.all instead");
      case Class<?> type -> type;
      case Double number -> number + 0.0; // the negative zero becomes zero
      case Float number -> number + 0.0f;
      case BigDecimal number -> plain(number);
      case Optional<?> optional ->
          optional.isPresent() ? Optional.of(of(optional.get())) : optional;
      case List<?> list -> list(list);
      case Set<?> set -> set(set);
      case Map<?, ?> map -> map(map);
      default -> checked(argument);
    };
  }

  private static BigDecimal plain(BigDecimal number) {
    if (number.scale() == 0) return number;
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private List<Object> list(List<?> list) {
    var copy = new ArrayList<Object>(list.size());
    for (var element : list) copy.add(of(element));
    return Collections.unmodifiableList(copy);
  }

  private Set<Object> set(Set<?> set) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(sorted(list(List.copyOf(set)))));
  }

  private Map<Object, Object> map(Map<?, ?> map) {
    var values = new LinkedHashMap<Object, Object>();
    map.forEach((key, value) -> values.put(of(key), of(value)));
    var ordered = new LinkedHashMap<Object, @Nullable Object>();
    for (var key : sorted(List.copyOf(values.keySet()))) ordered.put(key, values.get(key));
    return Collections.unmodifiableMap(ordered);
  }

  /** In their natural order where they have one in common, otherwise as they are. */
  private static List<Object> sorted(List<Object> elements) {
    if (!elements.stream().allMatch(Comparable.class::isInstance)
        || elements.stream().map(Object::getClass).distinct().count() > 1) return elements;
    return elements.stream().sorted().toList();
  }

  private Object checked(Object argument) {
    var verdict = verdicts.computeIfAbsent(argument.getClass(), Canonical::verdict);
    if (!verdict.isEmpty()) throw new NotAValue(verdict);
    return argument;
  }

  private static String verdict(Class<?> type) {
    if (type.isArray()) return "is an array, which never equals another: pass a List";
    if (type.isHidden() || type.isSynthetic())
      return "is a lambda, which never equals another: pass a value";
    if (type.isRecord())
      for (var component : type.getRecordComponents())
        if (component.getType().isArray())
          return "is a record with an array (%s), which never equals another: use a List"
              .formatted(component.getName());
    try {
      if (type.getMethod("equals", Object.class).getDeclaringClass() == Object.class)
        return "is a %s, which equals nothing but itself: pass a value"
            .formatted(type.getSimpleName());
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
    return "";
  }

  private static final class NotAValue extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotAValue(String message) {
      super(message);
    }
  }
}
