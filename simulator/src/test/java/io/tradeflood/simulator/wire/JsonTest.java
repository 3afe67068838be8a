package io.tradeflood.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  @Test
  void commasStandBetweenValuesOnly() {
    Json json = new Json().beginObject().field("a", 1).name("b").beginArray().value("x");
    json.beginArray().endArray().value(true).nothing().endArray().field("c", "y").endObject();
    assertThat(json).hasToString("{\"a\":1,\"b\":[\"x\",[],true,null],\"c\":\"y\"}");
  }

  @Test
  void decimalsAreWrittenAsAsked() {
    Json json = new Json().beginArray();
    json.text(4_200_010, 2, 8).text(5, 0, 8).text(-7, 3, 3).trimmed(4_200_000, 2).trimmed(10, 0);
    json.number(120, 3).text(0, 2, 2).trimmed(0, 4).endArray();
    assertThat(json)
        .hasToString(
            "[\"42000.10000000\",\"5.00000000\",\"-0.007\",\"42000\",\"10\",0.12,\"0.00\",\"0\"]");
  }

  @Property
  void aDecimalIsTheNumberItWasMadeOf(
      @ForAll long mantissa, @ForAll @IntRange(max = 12) int scale) {
    long value = mantissa == Long.MIN_VALUE ? 0 : mantissa;
    BigDecimal number = BigDecimal.valueOf(value, scale);
    JsonNode list =
        MAPPER.readTree(
            new Json()
                .beginArray()
                .text(value, scale, scale)
                .trimmed(value, scale)
                .endArray()
                .toBytes());
    assertThat(list.get(0).asString()).isEqualTo(number.toPlainString());
    assertThat(new BigDecimal(list.get(1).asString())).isEqualByComparingTo(number);
  }

  @Property
  void anyTextComesBack(@ForAll String text) {
    String sound = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] bytes = new Json().beginObject().field("t", sound).endObject().toBytes();
    assertThat(MAPPER.readTree(bytes).get("t").asString()).isEqualTo(sound);
  }
}
