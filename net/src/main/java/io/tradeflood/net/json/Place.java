package io.tradeflood.net.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Words for a place in a payload which may be broken there. Made only when something went wrong.
 */
record Place(byte[] bytes, int start, int end, int at) {

  private static final int BEFORE = 24;
  private static final int BEHIND = 24;
  private static final int LONGEST_TEXT = 40;

  /** What stands at the place. */
  String found() {
    if (at >= end) {
      return "the end of the payload";
    }
    int first = bytes[at];
    return switch (first) {
      case '{' -> "an object";
      case '}' -> "the end of the object";
      case '[' -> "an array";
      case ']' -> "the end of the array";
      case '"' -> "the text " + text();
      case 't', 'f', 'n', '-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> word();
      default ->
          first > ' ' && first < 0x7F
              ? "'" + (char) first + "'"
              : "the byte 0x%02X".formatted(first & 0xFF);
    };
  }

  private String text() {
    int to = at + 1;
    while (to < end && bytes[to] != '"' && to - at <= LONGEST_TEXT) {
      to++;
    }
    boolean whole = to < end && bytes[to] == '"';
    return printable(at, to) + (whole ? "\"" : "...");
  }

  private String word() {
    int to = at;
    while (to < end && ",:]}\" \t\r\n".indexOf(bytes[to]) < 0 && to - at < LONGEST_TEXT) {
      to++;
    }
    return printable(at, to);
  }

  /** The bytes around the place, printable. */
  String excerpt() {
    int from = Math.max(start, at - BEFORE);
    int to = Math.min(end, at + BEHIND);
    return printable(from, to);
  }

  private String printable(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8)
        .codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The place as a JSON pointer, found by walking there from the beginning. */
  String pointer() {
    var steps = new ArrayList<Step>();
    for (int i = start; i < Math.min(at, end); i++) {
      Step inner = steps.isEmpty() ? null : steps.getLast();
      switch (bytes[i]) {
        case '"' -> {
          int to = quoteEnd(i + 1);
          if (inner != null && inner.awaitsName && to < at) {
            inner.name = new String(bytes, i + 1, to - i - 1, StandardCharsets.UTF_8);
          }
          i = to;
        }
        case '{' -> steps.add(new Step(true));
        case '[' -> steps.add(new Step(false));
        case '}', ']' -> {
          if (inner != null) {
            steps.removeLast();
          }
        }
        case ',' -> {
          if (inner != null) {
            inner.next();
          }
        }
        case ':' -> {
          if (inner != null) {
            inner.awaitsName = false;
          }
        }
        default -> {}
      }
    }
    return joined(steps);
  }

  private int quoteEnd(int from) {
    int to = from;
    while (to < Math.min(at, end) && bytes[to] != '"') {
      to += bytes[to] == '\\' ? 2 : 1;
    }
    return to;
  }

  private static String joined(List<Step> steps) {
    var pointer = new StringBuilder();
    for (var step : steps) {
      if (!step.awaitsName) {
        pointer.append('/').append(step.name.isEmpty() ? step.index : escaped(step.name));
      }
    }
    return pointer.toString();
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** An open array or object on the way. */
  private static final class Step {
    private final boolean object;
    private boolean awaitsName;
    private String name = "";
    private int index;

    Step(boolean object) {
      this.object = object;
      this.awaitsName = object;
    }

    void next() {
      index++;
      awaitsName = object;
      name = "";
    }
  }
}
