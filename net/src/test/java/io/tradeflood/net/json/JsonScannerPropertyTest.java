package io.tradeflood.net.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JsonScannerPropertyTest {

  @Property(tries = 5000)
  void numbersAreWhatJavaMathMakesOfThem(@ForAll long seed) {
    String number = Trees.number(new Random(seed));
    var expected = new BigDecimal(number);

    assertThat(alone(number).readDecimal()).isEqualTo(expected);
    assertThat(alone('"' + number + '"').readDecimal()).isEqualTo(expected);
    assertThat(between(number).readDecimal()).isEqualTo(expected);
    assertThat(between('"' + number + '"').readDecimal()).isEqualTo(expected);
  }

  @Property(tries = 5000)
  void mantissasWithTheirScaleAreTheNumberOrRefused(@ForAll long seed) {
    String number = Trees.number(new Random(seed));
    var expected = new BigDecimal(number);
    var scanner = between('"' + number + '"');

    var stripped = expected.stripTrailingZeros();

    if (stripped.precision() - Math.min(0, stripped.scale()) <= 18) {
      assertThat(BigDecimal.valueOf(scanner.readMantissa(), scanner.scale()))
          .isEqualByComparingTo(expected);
    } else {
      try {
        assertThat(BigDecimal.valueOf(scanner.readMantissa(), scanner.scale()))
            .isEqualByComparingTo(expected);
      } catch (UnexpectedJsonException e) {
        assertThat(e.expected()).isEqualTo("a number of at most 18 digits");
      }
    }
  }

  @Property
  void wholeNumbersAreExactOrRefused(@ForAll long number) {
    assertThat(between("" + number).readLong()).isEqualTo(number);
    assertThat(between("\"" + number + "\"").readLong()).isEqualTo(number);
    assertThat(between(number + ".0").readLong()).isEqualTo(number);
    assertThatThrownBy(() -> between(number + ".5").readLong())
        .isInstanceOf(UnexpectedJsonException.class)
        .hasMessageStartingWith("Expected a whole number of at most 64 bits, found " + number);
    assertThatThrownBy(() -> between(number + "00000000000000000000").readLong())
        .isInstanceOf(UnexpectedJsonException.class);
  }

  private static JsonScanner alone(String json) {
    return JsonScanner.of(json.getBytes(UTF_8));
  }

  /** With room behind the number, where the scanner reads many bytes at once. */
  private static JsonScanner between(String json) {
    var scanner =
        JsonScanner.of(("[0," + json + ",123456789012345678901234567890]").getBytes(UTF_8));
    scanner.enterArray();
    scanner.skip();
    return scanner;
  }

  @Property(tries = 3000)
  void documentsAreWhatJacksonMakesOfThem(@ForAll long seed) {
    byte[] payload = Trees.random(new Random(seed)).getBytes(UTF_8);
    Object expected = Trees.bound(payload);

    assertThat(Trees.scanned(payload)).isEqualTo(expected);
    assertThat(Trees.scanned(surrounded(payload), 5, payload.length)).isEqualTo(expected);
    assertThatCode(() -> JsonScanner.of(payload).finish()).doesNotThrowAnyException();
  }

  /** The payload among bytes which would go on with it. */
  private static byte[] surrounded(byte[] payload) {
    var surrounded = new byte[payload.length + 20];
    Arrays.fill(surrounded, (byte) '7');
    System.arraycopy(payload, 0, surrounded, 5, payload.length);
    return surrounded;
  }
}
