package io.tradeflood.net.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  private static JsonScanner scanner(String json) {
    return JsonScanner.of(json.getBytes(UTF_8));
  }

  @Test
  void columnsAreReadInOrderAndTheRestIsSkipped() {
    var scanner = scanner("[[1,\"x\",{\"a\":[2]},3,4],[5,\"y\",null,6],[]]");

    assertThat(scanner.nextRow()).isTrue();
    assertThat(scanner.readInt()).isEqualTo(1);
    scanner.skip(2);
    assertThat(scanner.readInt()).isEqualTo(3);
    assertThat(scanner.nextRow()).isTrue();
    assertThat(scanner.readLong()).isEqualTo(5);
    assertThat(scanner.readWord()).isEqualTo("y");
    assertThat(scanner.skipNull()).isTrue();
    assertThat(scanner.skipNull()).isFalse();
    scanner.skipRest();
    assertThat(scanner.nextRow()).isTrue();
    assertThat(scanner.hasMore()).isFalse();
    assertThat(scanner.nextRow()).isFalse();
    scanner.finish();
  }

  @Test
  void lookingDoesNotMove() {
    var scanner = scanner("[1,[2]]");
    scanner.enterArray();
    for (int i = 0; i < 3; i++) {
      assertThat(scanner.peek()).isEqualTo(JsonScanner.Kind.NUMBER);
    }
    assertThat(scanner.nextElement()).isTrue();
    assertThat(scanner.readLong()).isEqualTo(1);
    assertThat(scanner.hasMore()).isTrue();
    assertThat(scanner.peek()).isEqualTo(JsonScanner.Kind.ARRAY);
    assertThat(scanner.nextElement()).isTrue();
    scanner.skip();
    assertThat(scanner.peek()).isEqualTo(JsonScanner.Kind.END);
  }

  @Test
  void fieldsAreFoundInAnyOrderAndDescend() {
    var scanner = scanner("{\"code\":0,\"result\":{\"list\":[1,2],\"next\":\"c\"},\"time\":5}");

    assertThat(scanner.field(Name.of("time")).readLong()).isEqualTo(5);
    assertThat(scanner.field(Name.of("code")).readLong()).isZero();
    assertThat(scanner.find(Name.of("missing"))).isFalse();
    scanner.field(Name.of("result")).field(Name.of("next"));
    assertThat(scanner.readString()).isEqualTo("c");
    scanner.field(Name.of("list")).enterArray();
    assertThat(scanner.readLong()).isEqualTo(1);
    scanner.finish();
  }

  @Test
  void aNameIsFoundAlsoWhenItIsWrittenWithEscapes() {
    assertThat(scanner("{\"\\u0070rice\":1}").field(Name.of("price")).readLong()).isEqualTo(1);
    assertThat(scanner("{\"größe\":1}").field(Name.of("größe")).readLong()).isEqualTo(1);
    assertThat(scanner("{\"pric\":2,\"prices\":3,\"price\":1}").field(Name.of("price")).readLong())
        .isEqualTo(1);
    var longName = "aVeryLongNameOfAFieldWithMoreThanThirtyTwoLetters";
    assertThat(scanner("{\"%s\":1}".formatted(longName)).field(Name.of(longName)).readLong())
        .isEqualTo(1);
  }

  @Test
  void aWordWhichRepeatsIsTheSameObject() {
    var scanner = scanner("[\"BTCUSDT\",\"ETHUSDT\",\"BTCUSDT\",\"BTCUSDT\\u0041\",\"\"]");
    scanner.enterArray();
    String first = scanner.readWord();
    scanner.skip();

    assertThat(scanner.readWord()).isEqualTo("BTCUSDT").isSameAs(first);
    assertThat(scanner.readWord()).isEqualTo("BTCUSDTA");
    assertThat(scanner.readWord()).isEmpty();
  }

  @Test
  void whatIsAbsentIsEmpty() {
    var scanner = scanner("[null,\"\",\"1.0\",null,\"\",7]");
    scanner.enterArray();

    assertThat(scanner.readOptionalDecimal()).isEmpty();
    assertThat(scanner.readOptionalDecimal()).isEmpty();
    assertThat(scanner.readOptionalDecimal()).isEqualTo(Optional.of(new BigDecimal("1.0")));
    assertThat(scanner.readOptionalLong()).isEmpty();
    assertThat(scanner.readOptionalLong()).isEmpty();
    assertThat(scanner.readOptionalLong()).isEqualTo(OptionalLong.of(7));
  }

  @Test
  void booleansMayStandInQuotes() {
    var scanner = scanner("[true,false,\"true\",\"false\"]");
    scanner.enterArray();

    assertThat(scanner.readBoolean()).isTrue();
    assertThat(scanner.readBoolean()).isFalse();
    assertThat(scanner.readBoolean()).isTrue();
    assertThat(scanner.readBoolean()).isFalse();
  }

  @Test
  void aTextMayBeAskedForWhateverTheScalar() {
    var scanner = scanner("[\"a\\tb\",12.50,true]");
    scanner.enterArray();

    assertThat(scanner.readText()).isEqualTo("a\tb");
    assertThat(scanner.readText()).isEqualTo("12.50");
    assertThat(scanner.readText()).isEqualTo("true");
  }

  @Test
  void nothingOutsideTheGivenPartIsLookedAt() {
    byte[] bytes = "9[12,\"3\"]7\"".getBytes(UTF_8);
    var scanner = new JsonScanner();
    for (int i = 0; i < 2; i++) {
      scanner.reset(bytes, 1, 8).enterArray();
      assertThat(scanner.readLong()).isEqualTo(12);
      assertThat(scanner.readDecimal()).isEqualTo("3");
      scanner.finish();
    }
    scanner.reset(bytes, 2, 1);
    assertThat(scanner.readLong()).isEqualTo(1);
    scanner.finish();
    assertThatThrownBy(() -> scanner.reset(bytes, 5, 2).readString())
        .isInstanceOf(UnexpectedJsonException.class);
    assertThatThrownBy(() -> scanner.reset(bytes, 1, 99))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(scanner("\ufeff[7]").nextElement()).isTrue();
    assertThat(scanner("\ufeff7").readLong()).isEqualTo(7);
  }

  @Test
  void nestingIsBounded() {
    assertThat(Trees.scanned("[".repeat(500).concat("]".repeat(500)).getBytes(UTF_8))).isNotNull();
    var deep = scanner("{\"a\":".repeat(501) + "1" + "}".repeat(501));
    assertThatThrownBy(deep::finish)
        .isInstanceOf(UnexpectedJsonException.class)
        .hasMessageStartingWith("Expected at most 500 arrays and objects in each other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "tru",
        "True",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":1]",
        "{1:1}",
        "1 2",
        "[]]",
        "\"a",
        "\"a\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "01",
        "-",
        "+1",
        ".5",
        "5.",
        "1e",
        "1e+",
        "1.e5",
        "-01",
        "--1",
        "0x1",
        "NaN",
        "Infinity",
        "'a'",
        "[1]x",
        "\u00a01",
        "[\"1\"2]",
        "//",
        "{\"a\":1 \"b\":2}",
        "1\ufeff",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83dx\""
      })
  void whatIsNoJsonIsRefusedReadOrSkipped(String json) {
    byte[] bytes = json.getBytes(UTF_8);

    assertThatThrownBy(() -> Trees.scanned(bytes)).isInstanceOf(UnexpectedJsonException.class);
    assertThatThrownBy(() -> JsonScanner.of(bytes).finish())
        .isInstanceOf(UnexpectedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "C0 80",
        "C1 BF",
        "E0 80 80",
        "ED A0 80",
        "F0 80 80 80",
        "F4 90 80 80",
        "F5 80 80 80",
        "C3",
        "E2 82",
        "F0 9F 98",
        "C3 28",
        "FF",
        "FE"
      })
  void whatIsNoUtf8IsRefused(String hexadecimal) {
    String[] codes = hexadecimal.split(" ");
    var bytes = new byte[codes.length + 2];
    bytes[0] = '"';
    bytes[bytes.length - 1] = '"';
    for (int i = 0; i < codes.length; i++) {
      bytes[i + 1] = (byte) Integer.parseInt(codes[i], 16);
    }

    assertThatThrownBy(() -> JsonScanner.of(bytes).readString())
        .isInstanceOf(UnexpectedJsonException.class)
        .hasMessageStartingWith("Expected UTF-8, found ");
    assertThatThrownBy(() -> JsonScanner.of(bytes).finish())
        .isInstanceOf(UnexpectedJsonException.class);
  }

  @Test
  void aProblemIsOneLineWithItsPlace() {
    var scanner = scanner("{\"da/ta\":[{\"t\":1},\n{\"t\":\"x\ty\"}]}".replace("\t", "\\t"));
    scanner.field(Name.of("da/ta"));
    scanner.nextRow();
    scanner.nextRow();

    var problem =
        catchThrowableOfType(
            UnexpectedJsonException.class, () -> scanner.field(Name.of("t")).readLong());

    assertThat(problem.place()).isEqualTo("/da~1ta/1/t");
    assertThat(problem.offset()).isEqualTo(24);
    assertThat(problem.expected()).isEqualTo("a whole number");
    assertThat(problem.found()).isEqualTo("the text \"x\\ty\"");
    assertThat(problem)
        .hasMessage(
            "Expected a whole number, found the text \"x\\ty\" at /da~1ta/1/t (byte 24), near"
                + " {\"da/ta\":[{\"t\":1}, {\"t\":\"x\\ty\"}]}");
  }

  @Test
  void anotherShapeThanExpectedIsAProblemOfThePayload() {
    assertThatThrownBy(() -> scanner("{\"a\":1}").nextRow())
        .hasMessageStartingWith("Expected an array, found an object");
    assertThatThrownBy(() -> scanner("[1]").field(Name.of("a")))
        .hasMessageStartingWith("Expected an object, found an array");
    var row = scanner("[{\"a\":1}]");
    row.nextRow();
    assertThatThrownBy(row::readLong).hasMessageStartingWith("Expected an array, found an object");
    assertThatThrownBy(() -> scanner("null").nextRow())
        .hasMessageStartingWith("Expected an array, found null");
    assertThatThrownBy(() -> scanner("5").readString())
        .hasMessageStartingWith("Expected a text, found 5");
  }
}
