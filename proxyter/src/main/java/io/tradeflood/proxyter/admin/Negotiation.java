package io.tradeflood.proxyter.admin;

import java.util.Locale;
import java.util.Optional;

/** Whether client and endpoint speak of the same media types. */
final class Negotiation {
  private Negotiation() {}

  /**
   * @throws Problem 406 if the client takes nothing that is made here
   */
  static void checkAccept(Endpoint endpoint, Optional<String> accept) {
    if (accept.isEmpty() || accept.get().isBlank() || endpoint.produces().isEmpty()) return;
    for (String type : endpoint.produces()) if (takes(accept.get(), type)) return;
    throw Problem.of(
        406,
        "Accept is %s, but this gives %s"
            .formatted(Call.shortened(accept.get()), String.join(" or ", endpoint.produces())));
  }

  /** Whether an {@code Accept} header takes the type. */
  static boolean takes(String accept, String type) {
    return quality(accept, type) > 0;
  }

  /** Whether it wants the type rather than the other. */
  static boolean prefers(String accept, String type, String other) {
    return quality(accept, type) > quality(accept, other);
  }

  /** The quality of the most specific range that fits, 0 if none does. */
  private static double quality(String accept, String type) {
    String family = type.substring(0, type.indexOf('/')) + "/*";
    double found = 0;
    int best = -1;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.strip().split(";", -1);
      String name = parts[0].strip();
      int specific = name.equals(type) ? 2 : name.equals(family) ? 1 : name.equals("*/*") ? 0 : -1;
      if (specific < 0 || specific < best) continue;
      best = specific;
      found = weight(parts);
    }
    return found;
  }

  private static double weight(String[] parts) {
    for (String part : parts) {
      String text = part.strip();
      if (text.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)"))
        return Double.parseDouble(text.substring(2));
    }
    return 1;
  }

  /**
   * @throws Problem 415 if the body is of a type that is not taken here
   */
  static void checkType(Endpoint endpoint, Optional<String> type, boolean hasBody) {
    if (!hasBody) return;
    String given = type.map(t -> t.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)).orElse("");
    if (endpoint.accepts().isEmpty() || given.isEmpty() || endpoint.accepts().containsKey(given))
      return;
    throw Problem.of(
        415,
        "Content-Type is '%s': expected %s"
            .formatted(Call.shortened(given), String.join(" or ", endpoint.accepts().keySet())));
  }
}
