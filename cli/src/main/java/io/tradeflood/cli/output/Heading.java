package io.tradeflood.cli.output;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the rows that follow have in common.
 *
 * @param title what is written above a table
 * @param record the rows' type
 * @param common what the machine-readable formats write with each row, by name, in order
 */
public record Heading(String title, Class<?> record, SequencedMap<String, String> common) {
  public Heading {
    common = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(common));
  }

  /** Rows that stand for themselves. */
  public static Heading plain(String title, Class<?> record) {
    return new Heading(title, record, new LinkedHashMap<>());
  }

  /**
   * Rows of a model.
   *
   * @param symbol the instrument; empty for what an exchange lists as a whole
   * @param asked the rest of the question in a few words, such as {@code 1m}; may be empty
   */
  public static Heading of(
      String exchange, Optional<String> symbol, String model, Class<?> record, String asked) {
    var common = new LinkedHashMap<String, String>();
    common.put("exchange", exchange);
    symbol.ifPresent(s -> common.put("symbol", s));
    common.put("model", model);
    String title = String.join(" ", common.values()) + (asked.isEmpty() ? "" : " " + asked);
    return new Heading(title, record, common);
  }
}
