package io.tradeflood.cli.output;

import java.math.BigDecimal;
import java.util.Locale;

/** How single values are written as text, outside JSON. */
final class Values {
  private Values() {}

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
}
