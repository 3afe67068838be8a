package io.tradeflood.net.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in the project's words why a payload could not be bound to a record. */
record BindingProblem(byte[] payload, JacksonException cause) {

  UnexpectedJsonException exception() {
    long offset = cause.getLocation() == null ? -1 : cause.getLocation().getByteOffset();
    Optional<Place> place =
        offset < 0
            ? Optional.empty()
            : Optional.of(new Place(payload, 0, payload.length, (int) offset));
    return new UnexpectedJsonException(
        expected(),
        found(place),
        isAbsent() ? componentPath() : place.map(Place::pointer).orElseGet(this::path),
        offset,
        place.map(Place::excerpt).orElse(""),
        cause);
  }

  private String path() {
    return pointer(cause.getPath());
  }

  /** The path to a component without a value, whose record was complete and about to be made. */
  private String componentPath() {
    var steps = new ArrayList<>(cause.getPath());
    if (!isMissing() && steps.size() > 1) {
      // Between the record and the component stands the component that was read last.
      steps.remove(steps.size() - 2);
    }
    return pointer(steps);
  }

  private static String pointer(List<Reference> path) {
    return path.stream()
        .map(step -> step.getPropertyName() == null ? "" + step.getIndex() : step.getPropertyName())
        .map(step -> "/" + escaped(step))
        .collect(Collectors.joining());
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private boolean isMissing() {
    return cause.getOriginalMessage().startsWith("Missing required creator property");
  }

  private boolean isNull() {
    return cause.getOriginalMessage().startsWith("Null value for creator property")
        || cause instanceof InvalidNullException;
  }

  private boolean isAbsent() {
    return isMissing() || isNull();
  }

  private String expected() {
    if (isMissing()) {
      return "the field \"" + cause.getPath().getLast().getPropertyName() + "\"";
    }
    if (isNull()) {
      return "a value";
    }
    return switch (cause) {
      case MismatchedInputException e when e.getTargetType() != null -> words(e.getTargetType());
      case ValueInstantiationException e -> words(e.getType());
      default -> "well-formed JSON";
    };
  }

  private String found(Optional<Place> place) {
    if (isMissing()) {
      return "none";
    }
    if (isNull()) {
      return "null";
    }
    if (cause instanceof ValueInstantiationException && cause.getCause() != null) {
      return "one which is refused (" + firstLine(cause.getCause().getMessage()) + ")";
    }
    return place.map(Place::found).orElseGet(() -> firstLine(cause.getOriginalMessage()));
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  static String words(JavaType type) {
    return words(type.getRawClass());
  }

  /** What a value of a type looks like in JSON. */
  private static String words(Class<?> type) {
    if (type == BigDecimal.class || type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == long.class
        || type == int.class
        || type == BigInteger.class
        || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == Instant.class) {
      return "a time, in milliseconds or as ISO-8601 text";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a text";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "an array";
    }
    return Map.class.isAssignableFrom(type) ? "an object" : "a " + type.getSimpleName();
  }
}
