package io.tradeflood.bench.json;

import java.math.BigDecimal;
import java.util.List;

/** Someone who makes models of pages. */
interface Parser {
  /** From the bytes of a page to the parser's own models. */
  Object read(Kind kind, byte[] page) throws Exception;

  /**
   * What was read, a line for each row, with the columns that everybody gives: {@code time open
   * high low close volume}, {@code side price size} or {@code id time price size side}.
   */
  List<String> said(Kind kind, Object models);

  /** The columns of a row as a line. */
  static String line(Object... columns) {
    var text = new StringBuilder();
    for (var column : columns) {
      if (!text.isEmpty()) text.append(' ');
      text.append(
          column instanceof BigDecimal number
              ? number.stripTrailingZeros().toPlainString()
              : column.toString());
    }
    return text.toString();
  }
}
