package io.tradeflood.bench.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What a client read, as its process said.
 *
 * @param rows how many rows
 * @param digest what they are
 * @param seconds from the first request to the last row
 * @param cpu seconds of the processors that its process used in that time
 */
record Pulled(long rows, String digest, double seconds, double cpu) {
  /** Reads lines {@code nanos PASSED CPU} and {@code rows NUMBER DIGEST}, for each time once. */
  static List<Pulled> read(List<String> lines) {
    var nanos = words("nanos", lines);
    var rows = words("rows", lines);
    if (nanos.isEmpty() || nanos.size() != rows.size())
      throw new IllegalStateException(
          "a client must say its time and its rows, said "
              + String.join(" / ", lines.stream().limit(3).toList()));
    var all = new ArrayList<Pulled>();
    for (int i = 0; i < rows.size(); i++)
      all.add(
          new Pulled(
              Long.parseLong(rows.get(i)[1]),
              rows.get(i)[2],
              Double.parseDouble(nanos.get(i)[1]) / 1e9,
              Double.parseDouble(nanos.get(i)[2]) / 1e9));
    return all;
  }

  private static List<String[]> words(String first, List<String> lines) {
    return lines.stream()
        .map(line -> line.split(" "))
        .filter(words -> words.length == 3 && words[0].equals(first))
        .toList();
  }

  boolean isSame(Pulled other) {
    return rows == other.rows && digest.equals(other.digest);
  }
}
