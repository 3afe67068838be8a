package io.tradeflood.net.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a time from milliseconds since 1970 UTC, quoted or not, or from an ISO-8601 text. */
final class InstantDeserializer extends StdScalarDeserializer<Instant> {

  private static final int LONGEST_NUMBER = 18;

  InstantDeserializer() {
    super(Instant.class);
  }

  @Override
  public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return Instant.ofEpochMilli(parser.getLongValue());
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return (Instant) context.handleUnexpectedToken(getValueType(context), parser);
    }
    String text = parser.getString();
    if (text.isEmpty()) {
      return null;
    }
    try {
      return isNumber(text)
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      return (Instant) context.handleWeirdStringValue(Instant.class, text, "not a time");
    }
  }

  private static boolean isNumber(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    return text.length() > from
        && text.length() <= LONGEST_NUMBER
        && text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }
}
