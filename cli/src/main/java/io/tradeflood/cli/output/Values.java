package io.tradeflood.cli.output;

import io.tradeflood.model.AsText;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How single values are written as text, outside JSON. */
final class Values {
  private Values() {}

  /** The value itself, without an Optional around it; null for an empty one. */
  static @Nullable Object present(@Nullable Object value) {
    return switch (value) {
      case Optional<?> o -> o.isPresent() ? present(o.get()) : null;
      case OptionalInt o -> o.isPresent() ? (Object) o.getAsInt() : null;
      case OptionalLong o -> o.isPresent() ? (Object) o.getAsLong() : null;
      case OptionalDouble o -> o.isPresent() ? (Object) o.getAsDouble() : null;
      case null, default -> value;
    };
  }

  /**
   * A value as text: decimals exactly, times in ISO-8601 UTC, constants of an enum in small
   * letters.
   */
  static String text(Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal.toPlainString();
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      default -> value.toString();
    };
  }

  /** Whether a record is several values rather than one, as an interval is. */
  static boolean isTakenApart(Class<?> record) {
    return !record.isAnnotationPresent(AsText.class);
  }
}
