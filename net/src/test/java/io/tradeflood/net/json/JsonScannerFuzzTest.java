package io.tradeflood.net.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken payloads: the scanner either agrees with Jackson or says that it cannot read them. */
class JsonScannerFuzzTest {

  private static final String KLINES =
      """
      [[1499040000000,"0.01634790","0.80000000","0.01575800","0.01577100","148976.11427815",\
      1499644799999,"2434.19055334",308,"1756.87402397","28.46694368","0"],\
      [1499040060000,"0.1","-2.5E-3","3","0.01577100","1.000000000000000000",1,"0",0,"1","2","0"]]
      """;

  private static final String ENVELOPE =
      """
      {"code":"00000","msg":"süß \\u00e9 \\ud83d\\ude00 \\"x\\"","requestTime":1695865615662,"data":
        {"asks":[["26347.5","0.25"],["26348.0",1.50]],"bids":[],"ts":"1695865615662",
         "nested":[[[[{"a":[true,false,null,{}]}]]]]}}
      """;

  private static final String TRADES =
      """
      [{"id":28457,"price":"4.00000100","qty":"12.00000000","time":1499865549590,\
      "isBuyerMaker":true,"isBestMatch":true},{"id":28458,"price":5e3,"qty":1E-8}]
      """;

  @ParameterizedTest
  @ValueSource(strings = {KLINES, ENVELOPE, TRADES})
  void everyProperPrefixIsRefused(String payload) {
    byte[] bytes = payload.strip().getBytes(UTF_8);
    assertThat(Trees.scanned(bytes)).isEqualTo(Trees.bound(bytes));
    for (int length = 0; length < bytes.length; length++) {
      byte[] prefix = Arrays.copyOf(bytes, length);
      int part = length;
      assertThat(result(() -> Trees.scanned(prefix))).isEmpty();
      assertThat(result(() -> Trees.scanned(bytes, 0, part))).isEmpty();
      assertThat(result(() -> skipped(prefix))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {KLINES, ENVELOPE, TRADES})
  void everyPrefixIsRefusedByAReaderOfRows(String payload) {
    byte[] bytes = payload.strip().getBytes(UTF_8);
    var place = payload.startsWith("{") ? new String[] {"data", "asks"} : new String[0];
    for (int length = 0; length < bytes.length; length++) {
      var prefix = Payload.of(bytes, 0, length).at(place);
      assertThat(result(() -> prefix.rows(row -> 1))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {KLINES, ENVELOPE, TRADES})
  void aMutationIsReadAsByJacksonOrRefused(String payload) {
    var random = new Random(20261123);
    byte[] bytes = payload.strip().getBytes(UTF_8);
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          int read = 0;
          for (int i = 0; i < 40_000; i++) {
            byte[] mutation = mutation(bytes, random);
            Optional<Object> scanned = result(() -> Trees.scanned(mutation));
            if (scanned.isPresent()) {
              read++;
              assertThat(scanned.get()).isEqualTo(Trees.bound(mutation));
              assertThat(result(() -> skipped(mutation))).isPresent();
            }
            result(() -> Payload.of(mutation).at("data", "asks").rows(JsonScannerFuzzTest::pair));
            result(() -> Payload.of(mutation).rows(JsonScannerFuzzTest::pair));
          }
          assertThat(read).as("mutations which were JSON still").isGreaterThan(1000);
        });
  }

  /** Rows alike, of which each is read by the shapes of the row before. */
  @Test
  void aBrokenNumberAmongSoundOnesIsReadAsByJacksonOrRefused() {
    String row = "[1499040000000,\"0.01634790\",-12.5,\"148976.11427815\",308,\"-1756.8\",7]";
    byte[] page = ("[" + String.join(",", Collections.nCopies(8, row)) + "]").getBytes(UTF_8);
    var random = new Random(20261127);
    int read = 0;
    for (int i = 0; i < 60_000; i++) {
      byte[] mutation = mutation(page, random);
      Optional<Object> rows =
          result(() -> Payload.of(mutation).rows(JsonScannerFuzzTest::decimals));
      if (rows.isPresent()) {
        read++;
        assertThat(rows.get()).isEqualTo(decimals(Trees.bound(mutation)));
      }
    }
    assertThat(read).as("mutations which were numbers still").isGreaterThan(1000);
  }

  private static Object decimals(JsonScanner row) {
    var numbers = new ArrayList<BigDecimal>();
    while (row.hasMore()) numbers.add(row.readDecimal());
    return numbers;
  }

  private static Object decimals(Object tree) {
    return tree instanceof List<?> list
        ? list.stream().map(JsonScannerFuzzTest::decimals).toList()
        : new BigDecimal(tree.toString());
  }

  private static Object pair(JsonScanner row) {
    return row.readDecimal().add(row.readDecimal());
  }

  private static Object skipped(byte[] payload) {
    JsonScanner.of(payload).finish();
    return "skipped";
  }

  /**
   * What was read; empty when the scanner says that it cannot. Any other exception is passed on.
   */
  private static Optional<Object> result(Supplier<Object> reading) {
    try {
      return Optional.of(reading.get());
    } catch (UnexpectedJsonException e) {
      assertThat(e.getMessage()).doesNotContain("\n").startsWith("Expected ");
      return Optional.empty();
    }
  }

  private static byte[] mutation(byte[] bytes, Random random) {
    byte[] mutation = bytes.clone();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int at = random.nextInt(mutation.length);
      switch (random.nextInt(4)) {
        case 0 -> mutation[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutation[at] = (byte) random.nextInt(256);
        case 2 -> mutation[at] = (byte) "\"\\{}[]:,0123456789-+.eE tfn".charAt(random.nextInt(26));
        default -> {
          int from = random.nextInt(mutation.length);
          int length = Math.min(random.nextInt(12), mutation.length - Math.max(at, from));
          System.arraycopy(bytes, from, mutation, at, Math.max(0, length));
        }
      }
    }
    return mutation;
  }
}
