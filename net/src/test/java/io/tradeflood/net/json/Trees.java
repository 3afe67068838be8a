package io.tradeflood.net.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Whole documents as trees of maps, lists, texts, decimals and booleans: read by the scanner, read
 * by Jackson, and made at random.
 */
final class Trees {

  /** Stands for {@code null}, so that a missing field is not the same. */
  static final Object NULL = "null".toCharArray();

  private static final JsonFactory JACKSON = new JsonFactory();

  private Trees() {}

  static Object scanned(byte[] payload, int offset, int length) {
    var scanner = new JsonScanner().reset(payload, offset, length);
    Object tree = scanned(scanner);
    scanner.finish();
    return tree;
  }

  static Object scanned(byte[] payload) {
    return scanned(payload, 0, payload.length);
  }

  private static Object scanned(JsonScanner scanner) {
    return switch (scanner.peek()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, Object>();
        scanner.enterObject();
        while (scanner.nextField()) {
          String name = scanner.fieldName();
          map.put(name, scanned(scanner));
        }
        yield map;
      }
      case ARRAY -> {
        var list = new ArrayList<>();
        scanner.enterArray();
        while (scanner.nextElement()) {
          list.add(scanned(scanner));
        }
        yield list;
      }
      case TEXT -> scanner.readString();
      case NUMBER -> scanner.readDecimal();
      case BOOLEAN -> scanner.readBoolean();
      case NULL -> {
        scanner.skip();
        yield NULL;
      }
      case END -> throw new AssertionError("a value was announced, but there is none");
    };
  }

  static Object bound(byte[] payload) {
    try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), payload)) {
      parser.nextToken();
      Object tree = bound(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one value");
      }
      return tree;
    }
  }

  private static Object bound(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("no value");
    }
    return switch (token) {
      case START_OBJECT -> {
        var map = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, bound(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        var list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(bound(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      default -> throw new IllegalArgumentException("not a value: " + token);
    };
  }

  /** A document made at random: escapes, all of Unicode, huge numbers, white space. */
  static String random(RandomGenerator random) {
    var text = new StringBuilder();
    space(text, random);
    value(text, random, random.nextInt(1, 7));
    space(text, random);
    return text.toString();
  }

  private static void value(StringBuilder text, RandomGenerator random, int depth) {
    switch (depth == 0 ? random.nextInt(4) : random.nextInt(8)) {
      case 0 -> text(text, random);
      case 1, 2 -> text.append(number(random));
      case 3 -> text.append(List.of("true", "false", "null").get(random.nextInt(3)));
      case 4, 5 -> members(text, random, depth, '[', ']');
      default -> members(text, random, depth, '{', '}');
    }
  }

  private static void members(
      StringBuilder text, RandomGenerator random, int depth, char opening, char closing) {
    text.append(opening);
    space(text, random);
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.append(',');
        space(text, random);
      }
      if (opening == '{') {
        text(text, random);
        space(text, random);
        text.append(':');
        space(text, random);
      }
      value(text, random, depth - 1);
      space(text, random);
    }
    text.append(closing);
  }

  static String number(RandomGenerator random) {
    var number = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
    int whole = random.nextInt(random.nextInt(8) == 0 ? 40 : 9);
    if (whole == 0) {
      number.append('0');
    } else {
      number.append((char) random.nextInt('1', '9' + 1));
      digits(number, random, whole - 1);
    }
    if (random.nextBoolean()) {
      number.append('.');
      digits(number, random, random.nextInt(1, random.nextInt(8) == 0 ? 40 : 10));
    }
    if (random.nextInt(6) == 0) {
      number.append(random.nextBoolean() ? 'e' : 'E');
      number.append(List.of("", "+", "-").get(random.nextInt(3)));
      digits(number, random, random.nextInt(1, 4));
    }
    return number.toString();
  }

  private static void digits(StringBuilder number, RandomGenerator random, int count) {
    for (int i = 0; i < count; i++) {
      number.append((char) ('0' + (random.nextInt(3) == 0 ? 0 : random.nextInt(10))));
    }
  }

  private static void text(StringBuilder text, RandomGenerator random) {
    text.append('"');
    int length = random.nextInt(random.nextInt(6) == 0 ? 60 : 9);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(12)) {
        case 0 -> text.append('\\').append("\"\\/bfnrt".charAt(random.nextInt(8)));
        case 1 -> text.append("\\u%04x".formatted(random.nextInt(0xD800)));
        case 2 -> text.append("\\uD83D\\uDE00");
        case 3 -> text.appendCodePoint(random.nextInt(0x80, 0xD800));
        case 4 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
        default -> text.append("abcXYZ 019_-/:,[]{}".charAt(random.nextInt(19)));
      }
    }
    text.append('"');
  }

  private static void space(StringBuilder text, RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      text.append(" \t\r\n", 0, random.nextInt(5));
    }
  }

  /** Every leaf of a tree, for comparisons which are to say how much they compared. */
  static long leaves(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> map.values().stream().mapToLong(Trees::leaves).sum();
      case List<?> list -> list.stream().mapToLong(Trees::leaves).sum();
      default -> 1;
    };
  }
}
