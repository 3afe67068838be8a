package io.tradeflood.proxyter.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads and writes what operators send and get. */
final class Json {
  private static final int DEEPEST = 32;
  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(40).build();
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(BOUNDS).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .changeDefaultPropertyInclusion(v -> v.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();
  private static final YAMLMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().streamReadConstraints(BOUNDS).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** An object of JSON. */
  static Map<String, Object> object(String text) {
    return map(read(MAPPER, text, "JSON"), "JSON");
  }

  /** An object of YAML, which JSON is, too. */
  static Map<String, Object> yaml(String text) {
    return map(text.isBlank() ? Map.of() : read(YAML, text, "YAML"), "YAML");
  }

  private static Object read(tools.jackson.databind.ObjectMapper mapper, String text, String what) {
    try {
      Object value = mapper.readValue(text, Object.class);
      return value == null ? "null" : value;
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw Problem.of(
          400,
          "the body is no %s: line %d, column %d: %s"
              .formatted(
                  what,
                  at == null ? 1 : Math.max(1, at.getLineNr()),
                  at == null ? 1 : Math.max(1, at.getColumnNr()),
                  reason(e)));
    }
  }

  private static String reason(JacksonException e) {
    String first = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    return first.length() > 160 ? first.substring(0, 160) + "..." : first;
  }

  private static Map<String, Object> map(Object value, String what) {
    if (!(value instanceof Map<?, ?> map))
      throw Problem.of(
          400, "the body is no object of %s: expected keys with values".formatted(what));
    var copy = new LinkedHashMap<String, Object>();
    map.forEach((key, each) -> copy.put(String.valueOf(key), each));
    return copy;
  }

  static String utf8(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
