package io.tradeflood.net.json;

import java.nio.charset.StandardCharsets;

/**
 * The single tokens of a payload: texts, numbers, literals. Knows nothing of arrays and objects,
 * and never reads a byte outside its part of the array.
 */
abstract sealed class Tokens permits Nesting {

  /** What {@link #token} gives behind the last byte. */
  static final int END = Integer.MIN_VALUE;

  byte[] bytes = {};
  int start;
  int end;
  int position;

  /**
   * Whether the text that {@link #textEnd} went through has neither escapes nor bytes above ASCII.
   */
  private boolean plain;

  /** Skips white space; the byte which follows, or {@link #END}. */
  final int token() {
    for (int at = position; at < end; at++) {
      int next = bytes[at];
      if (next > ' ' || next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        position = at;
        return next;
      }
    }
    position = end;
    return END;
  }

  /**
   * The place of the quote which closes the text that begins at a place, behind its first quote.
   */
  final int textEnd(int from) {
    plain = true;
    int at = from;
    while (true) {
      long marks = Swar.interruptions(Swar.load(bytes, at, end));
      if (marks == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Swar.first(marks);
      if (at >= end) {
        throw unexpected("the quote which closes the text", end);
      }
      int next = bytes[at];
      if (next == '"') {
        return at;
      }
      plain = false;
      at += next == '\\' ? escape(at) : character(at);
    }
  }

  /** The length of the escape at a place, checked; a pair of surrogates is one. */
  private int escape(int at) {
    return switch (byteAt(at + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' -> {
        char code = code(at + 2);
        if (!Character.isSurrogate(code)) {
          yield 6;
        }
        boolean paired =
            Character.isHighSurrogate(code)
                && byteAt(at + 6) == '\\'
                && byteAt(at + 7) == 'u'
                && Character.isLowSurrogate(code(at + 8));
        if (!paired) {
          throw unexpected("both halves of a character above the basic plane", at);
        }
        yield 12;
      }
      default -> throw unexpected("an escape which JSON knows", Math.min(at + 1, end));
    };
  }

  /** The number of four hexadecimal digits. */
  private char code(int from) {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < end ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        throw unexpected("four hexadecimal digits", Math.min(i, end));
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  /** The length of the character above ASCII at a place, checked. */
  private int character(int at) {
    int length = bytes[at] < 0 ? Utf8.length(bytes, at, end) : 0;
    if (length == 0) {
      throw unexpected(bytes[at] < 0 ? "UTF-8" : "no control character in a text", at);
    }
    return length;
  }

  /** The text between two quotes, after {@link #textEnd} went through it. */
  final String text(int from, int to) {
    if (plain) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    return decoded(from, to);
  }

  final boolean plain() {
    return plain;
  }

  private String decoded(int from, int to) {
    var text = new StringBuilder(to - from);
    int at = from;
    while (at < to) {
      int run = at;
      while (run < to && bytes[run] != '\\') {
        run++;
      }
      text.append(new String(bytes, at, run - at, StandardCharsets.UTF_8));
      at = run;
      if (at < to) {
        text.append(unescaped(at));
        at += bytes[at + 1] == 'u' ? 6 : 2;
      }
    }
    return text.toString();
  }

  private char unescaped(int at) {
    return switch (bytes[at + 1]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> code(at + 2);
      default -> (char) bytes[at + 1];
    };
  }

  /** The place behind the number without quotes at a place, checked by the grammar of JSON. */
  final int numberEnd(int from, String expected) {
    int at = byteAt(from) == '-' ? from + 1 : from;
    int whole = at;
    at = digitsEnd(at, expected, from);
    if (bytes[whole] == '0' && at > whole + 1) {
      throw unexpected("no leading zero", whole);
    }
    if (byteAt(at) == '.') {
      at = digitsEnd(at + 1, "a digit", at + 1);
    }
    if (byteAt(at) == 'e' || byteAt(at) == 'E') {
      at++;
      if (byteAt(at) == '+' || byteAt(at) == '-') {
        at++;
      }
      at = digitsEnd(at, "a digit", at);
    }
    return at;
  }

  private int digitsEnd(int from, String expected, int place) {
    int at = from;
    long marks = Swar.otherThanDigits(Swar.load(bytes, at, end));
    while (marks == 0) {
      at += Long.BYTES;
      marks = Swar.otherThanDigits(Swar.load(bytes, at, end));
    }
    at += Swar.first(marks);
    if (at == from) {
      throw unexpected(expected, place);
    }
    return at;
  }

  final int byteAt(int at) {
    return at < end ? bytes[at] : END;
  }

  /** Moves behind a literal such as {@code true}. */
  final void literal(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      if (byteAt(position + i) != literal.charAt(i)) {
        throw unexpected("a value", position);
      }
    }
    position += literal.length();
  }

  /** Moves behind the text, number or literal that begins with a byte. */
  final void skipScalar(int first) {
    switch (first) {
      case '"' -> position = textEnd(position + 1) + 1;
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> position = numberEnd(position, "a value");
    }
  }

  final UnexpectedJsonException unexpected(String expected, int at) {
    return unexpected(expected, new Place(bytes, start, end, at).found(), at);
  }

  final UnexpectedJsonException unexpected(String expected, String found, int at) {
    var place = new Place(bytes, start, end, at);
    return new UnexpectedJsonException(
        expected, found, place.pointer(), (long) at - start, place.excerpt(), null);
  }
}
