package io.tradeflood.net.json;

import io.tradeflood.live.BookUpdate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON straight from the bytes which were received: a pull scanner for the pages and messages
 * where speed matters. It makes no tree and no garbage; what a reader does not ask for is checked
 * and passed over.
 *
 * <p>Rows which are arrays are read column by column, in order:
 *
 * <pre>{@code
 * var scanner = JsonScanner.of(body);               // [[1499040000000,"0.01634790",...],...]
 * while (scanner.nextRow()) {
 *   var time = scanner.readInstant();
 *   var open = scanner.readDecimal();
 *   scanner.skip(2);
 *   var close = scanner.readDecimal();              // further columns are skipped by themselves
 *   candles.add(new Bar(time, open, close));
 * }
 * scanner.finish();
 * }</pre>
 *
 * <p>Rows which are objects are read by name. Fields asked for in the order in which they stand are
 * found at once, others cost a second look:
 *
 * <pre>{@code
 * private static final Name ID = Name.of("id");
 * private static final Name PRICE = Name.of("price");
 *
 * while (scanner.nextRow()) {                       // [{"id":28457,"price":"4.00000100",...},...]
 *   trades.add(new Deal(scanner.field(ID).readLong(), scanner.field(PRICE).readDecimal()));
 * }
 * }</pre>
 *
 * <p>or one field after the other, whatever there is:
 *
 * <pre>{@code
 * while (scanner.nextField()) {
 *   switch (scanner.fieldName()) {
 *     case "symbol" -> symbol = scanner.readWord();
 *     case "bids" -> bids = scanner.readPairs(Level::new);
 *     default -> {}                                 // skipped by itself
 *   }
 * }
 * }</pre>
 *
 * <p>Numbers are exact and may stand in quotes: {@code 0.00100000} keeps its scale of 8. Whatever
 * is not as the reader expects, be it broken, cut short or of another shape, is an {@link
 * UnexpectedJsonException} which names the place. A scanner belongs to one thread and can be used
 * again by {@link #reset}; it needs no room behind the payload.
 */
public final class JsonScanner extends Values {

  /** What kind of value comes next. */
  public enum Kind {
    OBJECT,
    ARRAY,
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL,
    /** None: the array has no further element, or the payload no further value. */
    END
  }

  /** Makes one value of the two decimals of a row, such as a level of an order book. */
  @FunctionalInterface
  public interface PairReader<T> {

    /** Makes the value. */
    T read(BigDecimal first, BigDecimal second);
  }

  /** After so many rows it is known how long they are. */
  static final int FIRST_ROWS = 10;

  private final MetNames names = new MetNames();

  /** A scanner of nothing yet, to be {@link #reset}. */
  public JsonScanner() {}

  /** A scanner of a whole array of bytes. */
  public static JsonScanner of(byte[] payload) {
    return new JsonScanner().reset(payload, 0, payload.length);
  }

  /**
   * Begins anew with another payload, of which nothing outside the given part is looked at. A byte
   * order mark at its beginning is passed over.
   */
  public JsonScanner reset(byte[] payload, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, payload.length);
    bytes = payload;
    start = offset;
    end = offset + length;
    position = offset + byteOrderMark();
    depth = 0;
    kind = ROOT;
    begin();
    state = AT_VALUE;
    return this;
  }

  private int byteOrderMark() {
    return byteAt(start) == (byte) 0xEF
            && byteAt(start + 1) == (byte) 0xBB
            && byteAt(start + 2) == (byte) 0xBF
        ? 3
        : 0;
  }

  // Structure.

  /**
   * Moves into the next row: the next element of an array, and into that when it is itself an array
   * or an object. The row before is left, read to its end or not. At the beginning of a payload or
   * of a field's value it opens the array of rows first. False, and behind the array, when there is
   * none left.
   */
  public boolean nextRow() {
    if ((kind & ROW) != 0 && state == BEHIND_VALUE) {
      if (kind == (ARRAY | ROW)) {
        skipNumbers();
        skipScalars();
      }
      if (followsAtOnce(kind)) {
        return true;
      }
    }
    if (state == AT_VALUE && (kind & ARRAY) == 0) {
      enterArray();
    } else if ((kind & ROW) != 0) {
      skipRest();
    } else if (state == AT_VALUE) {
      skipValue();
    }
    if (!toElement()) {
      closeOne();
      return false;
    }
    column = 0;
    switch (token()) {
      case '[' -> open((byte) (ARRAY | ROW));
      case '{' -> open((byte) (OBJECT | ROW));
      default -> {}
    }
    return true;
  }

  /** The usual way from one row to the next, {@code ],[} or <code>},{</code> without a space. */
  private boolean followsAtOnce(int kind) {
    int at = position;
    boolean isArray = (kind & ARRAY) != 0;
    if (at + 3 <= end
        && bytes[at] == (isArray ? ']' : '}')
        && bytes[at + 1] == ','
        && bytes[at + 2] == (isArray ? '[' : '{')) {
      position = at + 3;
      openings[depth] = position;
      state = OPENED;
      column = 0;
      return true;
    }
    return false;
  }

  /**
   * Moves to the next element of the array, to be read or skipped. At the beginning of a payload or
   * of a field's value it opens the array first. False, and behind the array, when there is none
   * left.
   */
  public boolean nextElement() {
    if (state == AT_VALUE) {
      if ((kind & ARRAY) != 0) {
        skipValue();
      } else {
        enterArray();
      }
    }
    if (!toElement()) {
      closeOne();
      return false;
    }
    return true;
  }

  /**
   * Moves to the next field of the object, whose name {@link #fieldName} then tells; the value of
   * the field before is skipped unless it was read. At the beginning of a payload or of an array's
   * element it opens the object first; an object inside an object is opened by {@link
   * #enterObject}. False, and behind the object, when there is none left.
   */
  public boolean nextField() {
    if (state == AT_VALUE) {
      if ((kind & OBJECT) != 0) {
        skipValue();
      } else {
        enterObject();
      }
    }
    if (!toName()) {
      closeOne();
      return false;
    }
    int from = position + 1;
    if (names.goesOnAt(bytes, from, end)) {
      colon(from + names.latest().length() + 1);
      return true;
    }
    int to = textEnd(from);
    names.met(word(from, to));
    colon(to + 1);
    return true;
  }

  /** The name of the field which {@link #nextField} moved to last, fit for a {@code switch}. */
  public String fieldName() {
    return names.latest().toString();
  }

  /**
   * Moves to the value of a field of the object, wherever in the object it stands. Before a value
   * it opens the object which that value must be, so {@code field(RESULT).field(LIST)} descends.
   *
   * @return this scanner, to read the value
   * @throws UnexpectedJsonException when the object has no such field
   */
  public JsonScanner field(Name name) {
    if (!find(name)) {
      throw missing(name.toString(), openings[depth] - 1);
    }
    return this;
  }

  /**
   * As {@link #field(Name)}, for a field which may be missing: false then, and nothing has moved.
   */
  public boolean find(Name name) {
    return followsAtOnce(name) || search(name);
  }

  /** The usual place of a field that is asked for: it is the next one, without a space. */
  private boolean followsAtOnce(Name name) {
    int stands = state;
    if (stands == AT_VALUE || (kind & OBJECT) == 0) {
      return false;
    }
    boolean first = stands == OPENED;
    int value = name.valueOfFieldAt(bytes, first ? position - 1 : position, end, first);
    if (value < 0) {
      return false;
    }
    position = value;
    state = AT_VALUE;
    return true;
  }

  private boolean search(Name name) {
    if (state == AT_VALUE) {
      enterObject();
    }
    int from = position;
    int before = state;
    if (seek(name, end)) {
      return true;
    }
    if (before != OPENED) {
      position = openings[depth];
      state = OPENED;
      if (seek(name, from)) {
        return true;
      }
    }
    position = from;
    state = before;
    return false;
  }

  /** Looks for a field from here on, among those which begin before a place. */
  private boolean seek(Name name, int until) {
    while (position < until && toName()) {
      int from = position + 1;
      if (name.standsAt(bytes, from, end)) {
        colon(from + name.length() + 1);
        return true;
      }
      int to = textEnd(from);
      // Only a name with an escape in it can be the same without being so byte by byte.
      boolean same = !plain() && text(from, to).equals(name.toString());
      colon(to + 1);
      if (same) {
        return true;
      }
      skipValue();
    }
    return false;
  }

  /** Moves into the array which is the next value. */
  public void enterArray() {
    if (toValue() != '[') {
      throw unexpected("an array", position);
    }
    open(ARRAY);
  }

  /** Moves into the object which is the next value. */
  public void enterObject() {
    if (toValue() != '{') {
      throw unexpected("an object", position);
    }
    open(OBJECT);
  }

  /** Skips what is left of the innermost array or object and moves behind it. */
  public void skipRest() {
    int outer = depth - 1;
    if (outer < 0) {
      throw unexpected("an array or an object to leave", position);
    }
    if (state == AT_VALUE) {
      skipValue();
    }
    closeTo(outer);
  }

  /** Skips the next value, whatever it is: a column, an element, the value of a field. */
  public void skip() {
    toValue();
    skipValue();
  }

  /** Skips a number of columns. */
  public void skip(int columns) {
    for (int i = 0; i < columns; i++) {
      skip();
    }
  }

  /** Whether the array has another element; nothing moves. */
  public boolean hasMore() {
    return peek() != Kind.END;
  }

  /** What kind of value comes next; nothing is consumed. */
  public Kind peek() {
    int before = position;
    int stood = state;
    boolean more = stood == AT_VALUE || (kind & ARRAY) != 0 && toElement();
    Kind kind = more ? kind() : Kind.END;
    position = before;
    state = stood;
    return kind;
  }

  private Kind kind() {
    return switch (token()) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.TEXT;
      case 't', 'f' -> Kind.BOOLEAN;
      case 'n' -> Kind.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
      default -> throw unexpected("a value", position);
    };
  }

  /**
   * Leaves all that is open, checking it, and makes sure that nothing follows the payload's value.
   * This is what finds a payload cut short behind the last row that was read.
   */
  public void finish() {
    if (state == AT_VALUE) {
      skipValue();
    }
    closeTo(0);
    if (token() != END) {
      throw unexpected("nothing behind the value", position);
    }
  }

  // Lists.

  /**
   * Reads a list of pairs of decimals, {@code [["0.0024","10"],...]}, such as one side of an order
   * book. Further columns of a pair are skipped.
   */
  public <T> List<T> readPairs(PairReader<T> reader) {
    var pairs = new ArrayList<T>();
    enterArray();
    int before = left();
    while (nextRow()) {
      pairs.add(reader.read(readDecimal(), readDecimal()));
      if (pairs.size() == FIRST_ROWS) {
        pairs.ensureCapacity(likelyRows(before));
      }
    }
    return pairs;
  }

  /**
   * Reads one side of a book, {@code [["0.0024","10"],...]}, into an update; exact, and nothing is
   * allocated. Further columns of a level are skipped.
   *
   * @throws UnexpectedJsonException also for a number with more than 18 digits that matter
   */
  public void readLevels(boolean isBid, BookUpdate into) {
    enterArray();
    plainLevels(isBid, into);
    while (nextRow()) {
      long price = levelMantissa();
      int priceScale = scale();
      long size = levelMantissa();
      into.level(isBid, price, priceScale, size, scale());
    }
  }

  /**
   * How many rows there may be, to the end of the payload, if the others are as long as the first.
   *
   * @param before how much was {@link #left} before the {@link #FIRST_ROWS}
   */
  int likelyRows(int before) {
    int each = (before - left()) / FIRST_ROWS + 1;
    return FIRST_ROWS + left() / each * 9 / 8 + 1;
  }

  /**
   * Gives back a value which the loop over the fields of an object, now ended, should have met, or
   * tells that the object lacks it.
   */
  public <T> T require(@Nullable T value, String field) {
    if (value == null) {
      throw missing(field, openings[depth + 1] - 1);
    }
    return value;
  }

  private UnexpectedJsonException missing(String field, int at) {
    return unexpected("the field \"" + field + "\"", "an object without it", at);
  }
}
