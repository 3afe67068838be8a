package io.tradeflood.net.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
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
public final class JsonScanner extends Nesting {

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

  private static final long TRUE = Swar.load("true".getBytes(StandardCharsets.UTF_8), 0, 4);
  private static final long FALSE = Swar.load("false".getBytes(StandardCharsets.UTF_8), 0, 5);

  private final MetNames names = new MetNames();
  private @Nullable WordTable words;

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
    int kind = kinds[depth];
    if ((kind & ROW) != 0 && state == BEHIND_VALUE) {
      if (kind == (ARRAY | ROW)) {
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
      if ((kinds[depth] & ARRAY) != 0) {
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
      if ((kinds[depth] & OBJECT) != 0) {
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
    int at = state == BEHIND_VALUE ? position + 1 : position;
    int colon = at + name.length() + 2;
    if (state != AT_VALUE
        && (kinds[depth] & OBJECT) != 0
        && colon < end
        && (state == OPENED || bytes[at - 1] == ',')
        && bytes[at] == '"'
        && name.standsAt(bytes, at + 1, end)
        && bytes[colon] == ':') {
      position = colon + 1;
      state = AT_VALUE;
      return true;
    }
    return false;
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
    boolean more = stood == AT_VALUE || (kinds[depth] & ARRAY) != 0 && toElement();
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

  // Values.

  /** Reads a whole number, quoted or not: an id, a count, a time in milliseconds. */
  public long readLong() {
    int at = valueAt();
    int behind = shortNumber(at);
    if (behind == NONE || scale != 0) {
      return longLong(at);
    }
    behind(behind);
    return mantissa;
  }

  private long longLong(int at) {
    position = at;
    BigDecimal number = longNumber("a whole number");
    state = BEHIND_VALUE;
    try {
      return number.longValueExact();
    } catch (ArithmeticException _) {
      throw unexpected("a whole number of at most 64 bits", at);
    }
  }

  /** Reads a whole number, quoted or not. */
  public int readInt() {
    toValue();
    int at = position;
    long value = readLong();
    if ((int) value != value) {
      throw unexpected("a whole number of at most 32 bits", at);
    }
    return (int) value;
  }

  /** Reads a decimal number, quoted or not, exactly and with its scale as written. */
  public BigDecimal readDecimal() {
    int at = valueAt();
    int behind = shortNumber(at);
    if (behind == NONE) {
      return longDecimal(at);
    }
    behind(behind);
    return BigDecimal.valueOf(mantissa, scale);
  }

  private BigDecimal longDecimal(int at) {
    position = at;
    BigDecimal number = longNumber("a number");
    state = BEHIND_VALUE;
    return number;
  }

  /** Reads a decimal number; empty for {@code null} and for a text without content. */
  public Optional<BigDecimal> readOptionalDecimal() {
    return isAbsent() ? Optional.empty() : Optional.of(readDecimal());
  }

  /** Reads a whole number; empty for {@code null} and for a text without content. */
  public OptionalLong readOptionalLong() {
    return isAbsent() ? OptionalLong.empty() : OptionalLong.of(readLong());
  }

  /**
   * Reads a decimal number without making an object: its digits as a whole number, whose {@link
   * #scale} tells how many of them stand behind the point.
   *
   * @throws UnexpectedJsonException also for a number with more than 18 digits that matter
   */
  public long readMantissa() {
    int at = valueAt();
    int behind = shortNumber(at);
    if (behind == NONE) {
      longMantissa(at);
    } else {
      behind(behind);
    }
    return mantissa;
  }

  /** How many digits of the number that was read last stand behind the point. */
  public int scale() {
    return scale;
  }

  /** Reads a time in milliseconds since 1970 UTC, quoted or not. */
  public Instant readInstant() {
    return Instant.ofEpochMilli(readLong());
  }

  /** Reads a text. */
  public String readString() {
    int to = textValue();
    String value = text(position + 1, to);
    behind(to + 1);
    return value;
  }

  /**
   * Reads a short text which repeats, such as a symbol or a side: the same text is made only once.
   */
  public String readWord() {
    int to = textValue();
    String value = word(position + 1, to);
    behind(to + 1);
    return value;
  }

  /** The text between two quotes, made once if it is short and plain. */
  private String word(int from, int to) {
    return plain() && to - from <= WordTable.LONGEST
        ? words().text(bytes, from, to)
        : text(from, to);
  }

  /** Reads a text, or a number or boolean as it is written: an id may be any of them. */
  public String readText() {
    int first = toValue();
    if (first == '"') {
      return readString();
    }
    if (first == '{' || first == '[' || first == 'n') {
      throw unexpected("a text", position);
    }
    int from = position;
    skipValue();
    return new String(bytes, from, position - from, StandardCharsets.ISO_8859_1);
  }

  /** Reads {@code true} or {@code false}, quoted or not. */
  public boolean readBoolean() {
    int plainly = valueAt();
    long word = Swar.load(bytes, plainly, end);
    boolean isTrue = (word & Swar.mask(4)) == TRUE;
    if (isTrue || (word & Swar.mask(5)) == FALSE) {
      behind(plainly + (isTrue ? 4 : 5));
      return isTrue;
    }
    return quotedBoolean();
  }

  private boolean quotedBoolean() {
    int first = toValue();
    int at = position;
    boolean quoted = first == '"';
    int letter = quoted ? byteAt(at + 1) : first;
    if (letter != 't' && letter != 'f') {
      throw unexpected("true or false", at);
    }
    if (quoted) {
      position++;
    }
    literal(letter == 't' ? "true" : "false");
    if (quoted && byteAt(position) != '"') {
      throw unexpected("true or false", at);
    }
    behind(quoted ? position + 1 : position);
    return letter == 't';
  }

  /** Passes over a {@code null}; false, and nothing consumed, when the next value is another. */
  public boolean skipNull() {
    if (toValue() != 'n') {
      return false;
    }
    skipValue();
    return true;
  }

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

  private WordTable words() {
    WordTable known = words;
    if (known == null) {
      known = new WordTable();
      words = known;
    }
    return known;
  }

  private boolean isAbsent() {
    int first = toValue();
    if (first == 'n' || first == '"' && byteAt(position + 1) == '"') {
      skipValue();
      return true;
    }
    return false;
  }

  private int textValue() {
    if (toValue() != '"') {
      throw unexpected("a text", position);
    }
    return textEnd(position + 1);
  }

  private void behind(int at) {
    position = at;
    state = BEHIND_VALUE;
  }

  private void longMantissa(int at) {
    BigDecimal number = longDecimal(at);
    if (number.precision() > 18) {
      number = number.stripTrailingZeros();
    }
    if (number.scale() < 0) {
      number = number.setScale(0);
    }
    BigInteger digits = number.unscaledValue();
    if (digits.bitLength() >= Long.SIZE) {
      throw unexpected("a number of at most 18 digits", at);
    }
    mantissa = digits.longValue();
    scale = number.scale();
  }
}
