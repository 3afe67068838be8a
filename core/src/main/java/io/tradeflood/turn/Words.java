package io.tradeflood.turn;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How explanations and analyses write numbers and lengths of time. */
final class Words {
  private Words() {}

  private record Unit(long seconds, String name) {}

  private static final List<Unit> UNITS =
      List.of(new Unit(86_400, "d"), new Unit(3_600, "h"), new Unit(60, "min"), new Unit(1, "s"));

  static String count(long number, String thing) {
    return number(number) + " " + thing + (number == 1 ? "" : "s");
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String length(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) < 0) return length.toMillis() + " ms";
    if (length.compareTo(Duration.ofMinutes(1)) < 0) {
      long tenths = (length.toMillis() + 50) / 100;
      return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
    }
    long seconds = length.toSeconds();
    var text = new StringBuilder();
    for (var unit : UNITS) {
      if (seconds < unit.seconds) continue;
      if (!text.isEmpty()) text.append(' ');
      text.append(seconds / unit.seconds).append(' ').append(unit.name);
      seconds %= unit.seconds;
    }
    return text.toString();
  }
}
