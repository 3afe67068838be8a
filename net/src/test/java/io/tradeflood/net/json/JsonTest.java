package io.tradeflood.net.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private final Json json = new Json();

  private enum Side {
    BUY,
    SELL
  }

  private record Answer(int code, List<Row> data) {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private record Row(Instant openTime, BigDecimal open, BigDecimal high, long trades) {}

  private record Deal(long id, BigDecimal price, Side side, boolean maker, String tag) {}

  private record Loose(
      Optional<BigDecimal> price, OptionalLong id, OptionalInt count, Optional<Instant> next) {}

  private record Moment(Instant time) {}

  record Positive(long value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("value must be positive, was " + value);
      }
    }
  }

  private <T> T read(String payload, Class<T> type) {
    return json.read(payload.getBytes(UTF_8), type);
  }

  private UnexpectedJsonException problem(String payload, Class<?> type) {
    return catchThrowableOfType(UnexpectedJsonException.class, () -> read(payload, type));
  }

  @Test
  void rowsWhichAreArraysBecomeRecordsByColumn() {
    var answer =
        read(
            """
            {"code":0,"msg":"fine","data":[
              [1499040000000,"0.01634790",0.80000000,"308","more",[1]],
              ["1499040060000",1e-8,"1E3",5]]}
            """,
            Answer.class);

    assertThat(answer.data())
        .containsExactly(
            new Row(
                Instant.ofEpochMilli(1499040000000L),
                new BigDecimal("0.01634790"),
                new BigDecimal("0.80000000"),
                308),
            new Row(
                Instant.ofEpochMilli(1499040060000L),
                new BigDecimal("1E-8"),
                new BigDecimal("1E3"),
                5));
  }

  @Test
  void fieldsGoToComponentsByName() {
    assertThat(
            read(
                "{\"side\":\"sell\",\"x\":{},\"id\":\"7\",\"maker\":true,\"price\":1.50,\"tag\":5}",
                Deal.class))
        .isEqualTo(new Deal(7, new BigDecimal("1.50"), Side.SELL, true, "5"));
    assertThat(
            read(
                "{\"side\":\"Buy\",\"id\":7,\"maker\":\"false\",\"price\":\"2\",\"tag\":\"t\"}",
                Deal.class))
        .isEqualTo(new Deal(7, new BigDecimal("2"), Side.BUY, false, "t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"price\":null,\"id\":null,\"count\":null,\"next\":null}",
        "{\"price\":\"\",\"id\":\"\",\"count\":\"\",\"next\":\"\"}"
      })
  void whatIsAbsentIsEmpty(String payload) {
    assertThat(read(payload, Loose.class))
        .isEqualTo(
            new Loose(
                Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), Optional.empty()));
  }

  @Test
  void whatIsOptionalMayBeThere() {
    assertThat(read("{\"price\":\"1.0\",\"id\":\"3\",\"count\":4,\"next\":\"5\"}", Loose.class))
        .isEqualTo(
            new Loose(
                Optional.of(new BigDecimal("1.0")),
                OptionalLong.of(3),
                OptionalInt.of(4),
                Optional.of(Instant.ofEpochMilli(5))));
  }

  @ParameterizedTest
  @CsvSource({
    "1735689600250, 2025-01-01T00:00:00.250Z",
    "'\"1735689600250\"', 2025-01-01T00:00:00.250Z",
    "'\"2025-01-01T00:00:00.123456789Z\"', 2025-01-01T00:00:00.123456789Z",
    "'\"2025-01-01T08:00:00+08:00\"', 2025-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59.999Z"
  })
  void timesAreMillisecondsOrText(String written, Instant time) {
    assertThat(read("{\"time\":" + written + "}", Moment.class)).isEqualTo(new Moment(time));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'code':0,'data':[[1,2,3,4],[1,2]]} | /data/1/high | the field \"high\" | none",
        "{'code':0,'data':[[1,2,3,4],[1,'abc',3,4]]} | /data/1/1 | a number | the text \"abc\"",
        "{'code':0,'data':[[1,2,null,4]]} | /data/0/high | a value | null",
        "{'code':0,'data':[[1,2,3,4.5]]} | /data/0/3 | a whole number | 4.5",
        "{'code':0,'data':[[1,2,3,null]]} | /data/0/3 | a whole number | null",
        "{'code':0,'data':[[{},2,3,4]]} | /data/0/0 | a time, in milliseconds or as ISO-8601 text"
            + " | an object",
        "{'code':0,'data':[['soon',2,3,4]]} | /data/0/0 | a time, in milliseconds or as ISO-8601"
            + " text | the text \"soon\"",
        "{'code':0,'data':{}} | /data | an array | an object",
        "{'code':0} | /data | the field \"data\" | none",
        "{'data':[]} | /code | the field \"code\" | none",
        "{'code':0,'data':[{}]} | /data/0 | a Row | an object",
        "[] | '' | a Answer | an array",
      })
  void aMismatchNamesItsPlace(String payload, String place, String expected, String found) {
    var problem = problem(payload.replace('\'', '"'), Answer.class);

    assertThat(problem.place()).isEqualTo(place);
    assertThat(problem.expected()).isEqualTo(expected);
    assertThat(problem.found()).isEqualTo(found);
    assertThat(problem.getMessage()).doesNotContain("\n").startsWith("Expected " + expected);
  }

  @Test
  void anUnknownConstantIsToldWhatThereIs() {
    var problem =
        problem(
            "{\"id\":7,\"maker\":true,\"price\":1,\"tag\":\"t\",\"side\":\"hold\"}", Deal.class);

    assertThat(problem.place()).isEqualTo("/side");
    assertThat(problem.expected()).isEqualTo("one of buy, sell");
    assertThat(problem.found()).isEqualTo("the text \"hold\"");
  }

  @Test
  void whatARecordRefusesIsToldInItsWords() {
    assertThat(problem("{\"value\":-1}", Positive.class))
        .hasMessageContaining("value must be positive, was -1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"time\":", "{\"time\":1", "{\"time\":1}}", "{\"time\":1} x", "nonsense"})
  void brokenJsonIsRefused(String payload) {
    assertThatThrownBy(() -> read(payload, Moment.class))
        .isInstanceOf(UnexpectedJsonException.class)
        .hasMessageMatching("[^\n]+");
  }

  @Test
  void aNullIsNoRecord() {
    assertThat(problem("null", Moment.class).found()).isEqualTo("null");
  }

  @Test
  void listsAndGenericTypesAreRead() {
    Type type = Moments.class.getGenericInterfaces()[0];

    assertThat(json.readList("[{\"time\":1}]".getBytes(UTF_8), Moment.class))
        .containsExactly(new Moment(Instant.ofEpochMilli(1)));
    assertThat(json.read("{\"a\":{\"time\":1}}".getBytes(UTF_8), type))
        .isEqualTo(Map.of("a", new Moment(Instant.ofEpochMilli(1))));
  }

  private interface Moments extends Map<String, Moment> {}
}
