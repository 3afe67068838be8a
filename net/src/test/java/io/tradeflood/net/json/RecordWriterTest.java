package io.tradeflood.net.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.model.AsArray;
import io.tradeflood.model.AsText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RecordWriterTest {

  private final RecordWriter writer = new RecordWriter();
  private final JsonMapper jackson = new JsonMapper();

  private enum Side {
    BUY,
    SELL
  }

  @AsArray
  private record Level(BigDecimal price, BigDecimal size) {}

  @AsText
  private record Step(int length, char unit) {
    @Override
    public String toString() {
      return length + "" + unit;
    }
  }

  private record Inner(long id) {}

  private record Everything(
      Step interval,
      Instant time,
      BigDecimal open,
      Optional<BigDecimal> volume,
      Optional<String> none,
      OptionalLong trades,
      OptionalInt noCount,
      boolean closed,
      Side side,
      List<Level> bids,
      Inner inner,
      Map<String, Long> counts,
      Duration took,
      long id,
      int small,
      double ratio) {}

  private record Wrapped(Optional<List<Optional<Long>>> list) {}

  private record Text(String text) {}

  private String written(Record value) {
    return new String(writer.toBytes(value), StandardCharsets.UTF_8);
  }

  @Test
  void aRecordIsWrittenByItsComponents() {
    var everything =
        new Everything(
            new Step(1, 'm'),
            Instant.parse("2025-01-01T00:00:00.250Z"),
            new BigDecimal("0.00100000"),
            Optional.of(new BigDecimal("1E3")),
            Optional.empty(),
            OptionalLong.of(308),
            OptionalInt.empty(),
            true,
            Side.SELL,
            List.of(new Level(new BigDecimal("100.5"), new BigDecimal("2"))),
            new Inner(-5),
            Map.of("a\"b", 1L),
            Duration.ofSeconds(5),
            Long.MIN_VALUE,
            7,
            1e-5);

    assertThat(written(everything))
        .isEqualTo(
            """
            {"interval":"1m","time":"2025-01-01T00:00:00.250Z","open":"0.00100000",\
            "volume":"1000","trades":308,"closed":true,"side":"sell","bids":[["100.5","2"]],\
            "inner":{"id":-5},"counts":{"a\\"b":1},"took":"PT5S","id":-9223372036854775808,\
            "small":7,"ratio":"0.000010"}\
            """);
  }

  @Test
  void whatIsEmptyInAListIsNull() {
    assertThat(written(new Wrapped(Optional.of(List.of(Optional.of(1L), Optional.empty())))))
        .isEqualTo("{\"list\":[1,null]}");
    assertThat(written(new Wrapped(Optional.empty()))).isEqualTo("{}");
  }

  @Test
  void fieldsOfARecordFollowOthersInOneObject() {
    var output = new JsonOutput();
    for (long id = 1; id <= 2; id++) {
      output.beginObject().name("exchange").text("acme");
      writer.writeFields(new Inner(id), output);
      output.endObject().line();
    }

    assertThat(output)
        .hasToString("{\"exchange\":\"acme\",\"id\":1}\n{\"exchange\":\"acme\",\"id\":2}\n");
  }

  @Test
  void theCaseOfAnEnumDoesNotHangOnTheLocale() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      var output = new JsonOutput();
      writer.writeValue(Turkish.LIMIT, output);
      assertThat(output).hasToString("\"limit\"");
    } finally {
      Locale.setDefault(before);
    }
  }

  private enum Turkish {
    LIMIT
  }

  @Property
  void everyTextIsReadBackAsItWas(@ForAll String text) {
    assertThat(jackson.readTree(writer.toBytes(new Text(text))).get("text").asString())
        .isEqualTo(text);
  }

  @Property
  void everyNumberIsWrittenAsItsDigits(@ForAll long number) {
    assertThat(new JsonOutput().number(number)).hasToString(Long.toString(number));
  }

  @Property
  void everyDecimalIsWrittenPlainlyAndWithItsScale(@ForAll("decimals") BigDecimal decimal) {
    assertThat(new JsonOutput().decimal(decimal)).hasToString('"' + decimal.toPlainString() + '"');
  }

  @Provide
  Arbitrary<BigDecimal> decimals() {
    Arbitrary<BigInteger> digits =
        Arbitraries.oneOf(
            Arbitraries.longs().map(BigInteger::valueOf),
            Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40)));
    return Combinators.combine(digits, Arbitraries.integers().between(-30, 90)).as(BigDecimal::new);
  }

  @Property
  void everyTimeIsWrittenAsItsText(@ForAll("times") Instant time) {
    var output = new JsonOutput();
    output.beginArray().instant(time).instant(time).endArray();
    assertThat(output).hasToString("[\"%s\",\"%s\"]".formatted(time, time));
  }

  @Provide
  Arbitrary<Instant> times() {
    Arbitrary<Integer> nanos =
        Arbitraries.of(0, 250_000_000, 1_000_000, 1_000, 123_456_000, 1, 999_999_999);
    Arbitrary<Long> seconds =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 4_000_000_000L),
            Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
            Arbitraries.of(-1L, -62_167_219_200L, -62_167_219_201L, 253_402_300_799L));
    return Combinators.combine(seconds, nanos).as(Instant::ofEpochSecond);
  }
}
