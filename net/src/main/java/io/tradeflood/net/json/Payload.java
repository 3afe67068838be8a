package io.tradeflood.net.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A JSON payload, or a place in it, from which rows are read into a list.
 *
 * <pre>{@code
 * // [[1499040000000,"0.01634790",...],...]
 * List<Bar> bars = Payload.of(body).rows(Bar::read);
 *
 * // {"code":"00000","msg":"success","data":[["1656604800000","37834.5",...],...]}
 * var payload = Payload.of(body);
 * if (!payload.text("code").equals(Optional.of("00000"))) {
 *   throw refused(payload.text("msg"));
 * }
 * List<Bar> bars = payload.at("data").rows(Bar::read);
 *
 * // with, in the record Bar
 * static Bar read(JsonScanner row) {
 *   return new Bar(row.readInstant(), row.readDecimal(), row.readDecimal());
 * }
 * }</pre>
 *
 * <p>The whole payload is checked, also behind the rows: one cut short is never taken for whole.
 */
public final class Payload {

  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final List<Name> path;

  private Payload(byte[] bytes, int offset, int length, List<Name> path) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.path = path;
  }

  /** The payload of an answer. The bytes are not copied and must not change. */
  public static Payload of(byte[] body) {
    return of(body, 0, body.length);
  }

  /** A payload which is a part of an array. The bytes are not copied and must not change. */
  public static Payload of(byte[] bytes, int offset, int length) {
    return new Payload(bytes, offset, length, List.of());
  }

  /** The place of a field below this one, a name for each level; nothing is read yet. */
  public Payload at(String... names) {
    var longer = new ArrayList<>(path);
    Arrays.stream(names).map(Name::of).forEach(longer::add);
    return new Payload(bytes, offset, length, List.copyOf(longer));
  }

  /**
   * Reads the array at this place, a value for each of its rows, in the order of the payload.
   *
   * @throws UnexpectedJsonException when there is no array, or anything in the payload is not as
   *     expected
   */
  public <T> List<T> rows(RowReader<T> reader) {
    var scanner = scanner();
    // The array, and a row in it which the reader may have left half read.
    int deepest = scanner.depth() + 2;
    int before = scanner.left();
    var rows = new ArrayList<T>(JsonScanner.FIRST_ROWS);
    while (scanner.nextRow()) {
      rows.add(reader.read(scanner));
      scanner.leaveTo(deepest);
      if (rows.size() == JsonScanner.FIRST_ROWS) {
        // The others are about as long as the first ones, so the list grows once.
        rows.ensureCapacity(scanner.likelyRows(before));
      }
    }
    scanner.finish();
    return rows;
  }

  /**
   * Reads the value at this place.
   *
   * @throws UnexpectedJsonException when anything in the payload is not as expected
   */
  public <T> T read(RowReader<T> reader) {
    var scanner = scanner();
    T value = reader.read(scanner);
    scanner.finish();
    return value;
  }

  /**
   * The text of a small field below this place, a number or boolean as it is written; empty when it
   * is missing or {@code null}. Looks no further than that field, so the rest may be broken.
   */
  public Optional<String> text(String... names) {
    var scanner = new JsonScanner().reset(bytes, offset, length);
    for (var name : at(names).path) {
      if (scanner.peek() != JsonScanner.Kind.OBJECT || !scanner.find(name)) {
        return Optional.empty();
      }
    }
    return scanner.skipNull() ? Optional.empty() : Optional.of(scanner.readText());
  }

  /** A scanner which stands before the value at this place. */
  private JsonScanner scanner() {
    var scanner = new JsonScanner().reset(bytes, offset, length);
    path.forEach(scanner::field);
    return scanner;
  }
}
