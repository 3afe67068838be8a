package io.tradeflood.net.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PayloadTest {

  private static final String KLINES =
      """
      [[1499040000000,"0.01634790","0.80000000",1499644799999,308],
       [1499040060000,"0.00100000","1E3",1499644799999,0]]
      """;

  private static final String ENVELOPE =
      """
      {"code":"00000","requestTime":1695865615662,"data":{"list":[["1","2.50"],["3","4"]]},"msg":"ok"}
      """;

  private static final String TRADES =
      """
      [{"id":28457,"price":"4.00000100","time":1499865549590,"isBuyerMaker":true},
       {"isBuyerMaker":false,"id":"28458","price":5,"tags":[{"a":[1,2]}],"time":"1499865549591"}]
      """;

  private record Bar(Instant time, BigDecimal open, BigDecimal high) {
    static Bar read(JsonScanner row) {
      return new Bar(row.readInstant(), row.readDecimal(), row.readDecimal());
    }
  }

  private record Level(BigDecimal price, BigDecimal size) {}

  private record Deal(long id, BigDecimal price, Instant time, boolean maker) {
    private static final Name ID = Name.of("id");
    private static final Name PRICE = Name.of("price");
    private static final Name TIME = Name.of("time");
    private static final Name MAKER = Name.of("isBuyerMaker");

    static Deal read(JsonScanner row) {
      return new Deal(
          row.field(ID).readLong(),
          row.field(PRICE).readDecimal(),
          row.field(TIME).readInstant(),
          row.field(MAKER).readBoolean());
    }
  }

  private static Payload payload(String json) {
    return Payload.of(json.getBytes(UTF_8));
  }

  @Test
  void rowsWhichAreArraysAreReadByColumn() {
    assertThat(payload(KLINES).rows(Bar::read))
        .containsExactly(
            new Bar(
                Instant.parse("2017-07-03T00:00:00Z"),
                new BigDecimal("0.01634790"),
                new BigDecimal("0.80000000")),
            new Bar(
                Instant.parse("2017-07-03T00:01:00Z"),
                new BigDecimal("0.00100000"),
                new BigDecimal("1E3")));
  }

  @Test
  void rowsWhichAreObjectsAreReadByNameInAnyOrder() {
    assertThat(payload(TRADES).rows(Deal::read))
        .containsExactly(
            new Deal(
                28457, new BigDecimal("4.00000100"), Instant.ofEpochMilli(1499865549590L), true),
            new Deal(28458, new BigDecimal("5"), Instant.ofEpochMilli(1499865549591L), false));
  }

  @Test
  void rowsWhichAreTextsOrNumbersAreReadAsTheyStand() {
    assertThat(payload("[\"a\", \"b\"]").rows(JsonScanner::readString)).containsExactly("a", "b");
    assertThat(payload("[1,2]").rows(JsonScanner::readLong)).containsExactly(1L, 2L);
  }

  @Test
  void rowsAreFoundInsideAnEnvelope() {
    var levels =
        payload(ENVELOPE)
            .at("data", "list")
            .rows(row -> new Level(row.readDecimal(), row.readDecimal()));

    assertThat(levels)
        .containsExactly(
            new Level(new BigDecimal("1"), new BigDecimal("2.50")),
            new Level(new BigDecimal("3"), new BigDecimal("4")));
  }

  @Test
  void smallFieldsAreReadWithoutTheRest() {
    assertThat(payload(ENVELOPE).text("code")).contains("00000");
    assertThat(payload(ENVELOPE).text("msg")).contains("ok");
    assertThat(payload(ENVELOPE).text("requestTime")).contains("1695865615662");
    assertThat(payload(ENVELOPE).text("other")).isEmpty();
    assertThat(payload("{\"code\":-1121,\"msg\":null}").text("msg")).isEmpty();
    assertThat(payload("[1]").text("code")).isEmpty();
    assertThat(payload("{\"error\":{\"code\":7}}").text("error", "code"))
        .isEqualTo(Optional.of("7"));
  }

  @Test
  void anObjectIsReadFieldByField() {
    List<String> seen =
        payload("{\"a\":{\"x\":[1,2]},\"bids\":[[\"1\",\"2\",\"3\"]],\"s\":\"BTCUSDT\",\"n\":null}")
            .read(
                object -> {
                  var read = new java.util.ArrayList<String>();
                  while (object.nextField()) {
                    switch (object.fieldName()) {
                      case "bids" -> read.add(object.readPairs(Level::new).toString());
                      case "s" -> read.add(object.readWord());
                      case "n" -> read.add(String.valueOf(object.readOptionalLong()));
                      default -> read.add("skipped");
                    }
                  }
                  return read;
                });

    assertThat(seen)
        .containsExactly(
            "skipped",
            List.of(new Level(new BigDecimal("1"), new BigDecimal("2"))).toString(),
            "BTCUSDT",
            OptionalLong.empty().toString());
  }

  @Test
  void aPayloadCutShortBehindTheRowsIsRefused() {
    assertThatThrownBy(() -> payload("{\"data\":[[1,2,3]]").at("data").rows(Bar::read))
        .isInstanceOf(UnexpectedJsonException.class)
        .hasMessageContaining("Expected a comma or the end of the object, found the end");
  }

  @Test
  void aMissingFieldIsNamedWithItsPlace() {
    assertThatThrownBy(
            () -> payload("{\"data\":[{\"id\":1},{\"id\":2}]}").at("data").rows(Deal::read))
        .isInstanceOfSatisfying(
            UnexpectedJsonException.class,
            e -> {
              assertThat(e.expected()).isEqualTo("the field \"price\"");
              assertThat(e.found()).isEqualTo("an object without it");
              assertThat(e.place()).isEqualTo("/data/0");
              assertThat(e.offset()).isEqualTo(9);
            });
  }

  @Test
  void aWrongColumnIsNamedWithItsPlace() {
    assertThatThrownBy(() -> payload("[[1,2,3],[1,\"abc\",3]]").rows(Bar::read))
        .isInstanceOf(UnexpectedJsonException.class)
        .hasMessage(
            "Expected a number, found the text \"abc\" at /1/1 (byte 12), near"
                + " [[1,2,3],[1,\"abc\",3]]");
  }

  @Test
  void aRowTooShortIsRefused() {
    assertThatThrownBy(() -> payload("[[1,2]]").rows(Bar::read))
        .isInstanceOf(UnexpectedJsonException.class)
        .hasMessageStartingWith("Expected a value, found the end of the array at /0");
  }
}
