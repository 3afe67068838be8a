package io.tradeflood.net.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The values which are no numbers: texts, {@code true}, {@code false} and {@code null}. */
abstract sealed class Values extends Numbers permits JsonScanner {

  private static final long TRUE = Swar.load("true".getBytes(StandardCharsets.UTF_8), 0, 4);
  private static final long FALSE = Swar.load("false".getBytes(StandardCharsets.UTF_8), 0, 5);

  private @Nullable WordTable words;

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

  /**
   * Reads a text and gives what a map has for it, without making the text.
   *
   * @return null if the map has nothing for it
   */
  public <V> @Nullable V readKnown(TextMap<V> known) {
    int to = textValue();
    int from = position + 1;
    V value = plain() ? known.at(bytes, from, to) : known.get(text(from, to));
    behind(to + 1);
    return value;
  }

  /** The text between two quotes, made once if it is short and plain. */
  final String word(int from, int to) {
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

  private WordTable words() {
    WordTable known = words;
    if (known == null) {
      known = new WordTable();
      words = known;
    }
    return known;
  }

  private int textValue() {
    if (toValue() != '"') {
      throw unexpected("a text", position);
    }
    return textEnd(position + 1);
  }
}
