package io.tradeflood.net.json;

import java.util.Arrays;

/** The arrays and objects of a payload: which are open, and where in them the scanner stands. */
abstract sealed class Nesting extends Tokens permits Numbers {

  /** Arrays and objects nested deeper are refused. */
  public static final int DEEPEST = 500;

  // The nearest open bracket, with a mark for those which nextRow has opened.
  static final byte ROOT = 0;
  static final byte ARRAY = 1;
  static final byte OBJECT = 2;
  static final byte ROW = 4;

  // Where the scanner stands.
  static final int AT_VALUE = 0;
  static final int OPENED = 1;
  static final int BEHIND_VALUE = 2;

  private byte[] kinds = new byte[16];

  /** Of the innermost that is open. */
  byte kind;

  int[] openings = new int[16];
  int depth;
  int state;

  /** How many values of the row were read, as far as they have a shape. */
  int column;

  /** Moves to the value which is read next, in an array over the comma; its first byte. */
  final int toValue() {
    if (state != AT_VALUE && !toElement()) {
      throw unexpected("a value", position);
    }
    return token();
  }

  /**
   * The place of the value which is read next. Most often it is plain from where the scanner
   * stands, and nothing moves.
   */
  final int valueAt() {
    int at = position;
    if (state == AT_VALUE) {
      if (at < end && bytes[at] > ' ') {
        return at;
      }
    } else if (state == BEHIND_VALUE
        && at + 1 < end
        && bytes[at] == ','
        && bytes[at + 1] > ' '
        && (kind & ARRAY) != 0) {
      return at + 1;
    }
    toValue();
    return position;
  }

  /**
   * In an array, behind an element: passes over the texts and numbers which follow without white
   * space between them, as far as they go.
   */
  final void skipScalars() {
    int at = position;
    while (at + 1 < end && bytes[at] == ',') {
      int next = bytes[at + 1];
      if (next == '"') {
        at = textEnd(at + 2) + 1;
      } else if (next >= '0' && next <= '9') {
        at = numberEnd(at + 1, "a value");
      } else {
        break;
      }
    }
    position = at;
  }

  /** In an array: moves to the next element; false, and before the bracket, at its end. */
  final boolean toElement() {
    if ((kind & ARRAY) == 0) {
      throw misplaced("an array");
    }
    int next = token();
    if (next == ']') {
      return false;
    }
    if (state == BEHIND_VALUE) {
      if (next != ',') {
        throw unexpected("a comma or the end of the array", position);
      }
      position++;
    }
    state = AT_VALUE;
    return true;
  }

  /** In an object: moves to the quote of the next name; false, and before the brace, at its end. */
  final boolean toName() {
    if ((kind & OBJECT) == 0) {
      throw misplaced("an object");
    }
    int next = token();
    if (next == '}') {
      return false;
    }
    if (state == BEHIND_VALUE) {
      if (next != ',') {
        throw unexpected("a comma or the end of the object", position);
      }
      position++;
      next = token();
    }
    if (next != '"') {
      throw unexpected("the name of a field", position);
    }
    return true;
  }

  private UnexpectedJsonException misplaced(String expected) {
    int at = depth > 0 ? openings[depth] - 1 : position;
    return unexpected(expected, at);
  }

  final void colon(int at) {
    if (at < end && bytes[at] == ':') {
      position = at + 1;
    } else {
      position = at;
      if (token() != ':') {
        throw unexpected("a colon", position);
      }
      position++;
    }
    state = AT_VALUE;
  }

  final void open(byte kind) {
    if (depth == DEEPEST) {
      throw unexpected("at most " + DEEPEST + " arrays and objects in each other", position);
    }
    depth++;
    if (depth == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * depth);
      openings = Arrays.copyOf(openings, 2 * depth);
    }
    position++;
    kinds[depth] = kind;
    this.kind = kind;
    openings[depth] = position;
    state = OPENED;
  }

  /** Goes on behind a value that ends before a place. */
  final void behind(int at) {
    position = at;
    state = BEHIND_VALUE;
  }

  final void closeOne() {
    position++;
    depth--;
    kind = kinds[depth];
    state = BEHIND_VALUE;
  }

  final void skipValue() {
    int first = token();
    if (first == '[' || first == '{') {
      int outer = depth;
      open(first == '[' ? ARRAY : OBJECT);
      closeTo(outer);
      return;
    }
    skipScalar(first);
    state = BEHIND_VALUE;
  }

  /** Passes over all that is open until no more than so many arrays and objects are. */
  final void closeTo(int outer) {
    while (depth > outer) {
      boolean inArray = (kind & ARRAY) != 0;
      if (inArray && state == BEHIND_VALUE) {
        skipScalars();
      }
      boolean more = inArray ? toElement() : toFieldValue();
      if (!more) {
        closeOne();
        continue;
      }
      int first = token();
      if (first == '[' || first == '{') {
        open(first == '[' ? ARRAY : OBJECT);
      } else {
        skipScalar(first);
        state = BEHIND_VALUE;
      }
    }
  }

  private boolean toFieldValue() {
    if (!toName()) {
      return false;
    }
    colon(textEnd(position + 1) + 1);
    return true;
  }

  /** How many arrays and objects are open. */
  final int depth() {
    return depth;
  }

  /** How many bytes are left. */
  final int left() {
    return end - position;
  }

  /** Leaves arrays and objects until no more than so many are open. */
  final void leaveTo(int outer) {
    if (depth > outer) {
      if (state == AT_VALUE) {
        skipValue();
      }
      closeTo(outer);
    }
  }
}
