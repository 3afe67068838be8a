package io.tradeflood.net.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** Most numbers of a column are written as the one above; some are not, and may be anything. */
  @Property(tries = 2000)
  void numbersAreReadAlikeWhateverStoodAboveThem(@ForAll long seed) {
    var random = new Random(seed);
    var columns = new String[random.nextInt(1, 40)];
    var names = new Name[columns.length];
    for (int i = 0; i < columns.length; i++) names[i] = Name.of("a".repeat(random.nextInt(20)) + i);
    var rows = new ArrayList<List<String>>();
    for (int row = 0; row < 12; row++) {
      for (int i = 0; i < columns.length; i++)
        columns[i] =
            row == 0 || random.nextInt(8) == 0 ? written(random) : likewise(columns[i], random);
      rows.add(List.of(columns));
    }
    boolean objects = random.nextBoolean();
    var page =
        rows.stream()
            .map(row -> objects ? object(names, row) : "[" + String.join(",", row) + "]")
            .collect(Collectors.joining(",", "[", "]"));
    var scanner = alone(page);

    for (var row : rows) {
      assertThat(scanner.nextRow()).isTrue();
      int read = random.nextInt(columns.length + 1);
      for (int i = 0; i < read; i++) {
        if (objects) scanner.field(names[i]);
        var expected = new BigDecimal(row.get(i).replace("\"", ""));
        assertThat(scanner.readDecimal()).isEqualTo(expected);
      }
    }
    assertThat(scanner.nextRow()).isFalse();
    scanner.finish();
  }

  private static String object(Name[] names, List<String> row) {
    return IntStream.range(0, names.length)
        .mapToObj(i -> "\"" + names[i] + "\":" + row.get(i))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String written(Random random) {
    String number = Trees.number(random);
    if (random.nextInt(4) > 0) {
      number =
          (random.nextInt(5) == 0 ? "-" : "")
              + "1".repeat(random.nextInt(1, 19))
              + (random.nextBoolean() ? "." + "0".repeat(random.nextInt(1, 11)) : "");
    }
    return random.nextBoolean() ? '"' + number + '"' : number;
  }

  /** Other digits in the places of a number's digits, but no zero before others. */
  private static String likewise(String number, Random random) {
    return number
        .chars()
        .map(
            c ->
                c < '0' || c > '9'
                    ? c
                    : c == '0' ? '0' + random.nextInt(2) : random.nextInt('1', ':'))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
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
