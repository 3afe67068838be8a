package io.tradeflood.net.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.live.BookUpdate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class LevelsPropertyTest {
  private static final Name BIDS = Name.of("b");
  private static final Name ASKS = Name.of("a");
  private static final Name AFTER = Name.of("u");

  /** A level as it is written, and what it says. */
  record Written(String text, BigDecimal price, BigDecimal size) {}

  @Provide
  Arbitrary<List<Written>> levels() {
    var number =
        Arbitraries.frequencyOf(
            Tuple.of(
                6,
                Arbitraries.longs()
                    .between(0, 9_999_999_999_999L)
                    .map(digits -> BigDecimal.valueOf(digits, 8))),
            Tuple.of(
                3,
                Arbitraries.longs()
                    .between(0, 999_999_999_999_999_999L)
                    .flatMap(
                        digits ->
                            Arbitraries.integers()
                                .between(0, 20)
                                .map(scale -> BigDecimal.valueOf(digits, scale)))),
            Tuple.of(
                1,
                Arbitraries.longs()
                    .between(-999_999, 0)
                    .map(digits -> BigDecimal.valueOf(digits, 2))));
    var shape =
        Arbitraries.of(
            "[\"%s\",\"%s\"]", "[\"%s\",\"%s\"]", "[%s,%s]", " [ \"%s\" , %s, \"1\", [] ]");
    return Combinators.combine(number, number, shape)
        .as(
            (price, size, text) ->
                new Written(
                    text.formatted(price.toPlainString(), size.toPlainString()), price, size))
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 2000)
  void readsWhatIsWrittenAndNothingBehindIt(
      @ForAll("levels") List<Written> bids,
      @ForAll("levels") List<Written> asks,
      @ForAll boolean slack) {
    String text = "{\"b\":[%s],\"a\":[%s],\"u\":7}".formatted(join(bids), join(asks));
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    byte[] array = slack ? behind(payload) : payload;
    var update = new BookUpdate().begin(false);
    var scanner = new JsonScanner();
    for (int round = 0; round < 2; round++) {
      update.begin(false);
      scanner.reset(array, 0, payload.length);
      scanner.field(BIDS).readLevels(true, update);
      scanner.field(ASKS).readLevels(false, update);
      assertThat(scanner.field(AFTER).readLong()).isEqualTo(7);
      scanner.finish();
    }

    assertThat(update.bids()).isEqualTo(bids.size());
    var all = new ArrayList<>(bids);
    all.addAll(asks);
    assertThat(update.size()).isEqualTo(all.size());
    for (int i = 0; i < all.size(); i++) {
      assertThat(update.isBid(i)).isEqualTo(i < bids.size());
      assertThat(BigDecimal.valueOf(update.price(i), update.priceScale(i)))
          .isEqualTo(all.get(i).price());
      assertThat(BigDecimal.valueOf(update.size(i), update.sizeScale(i)))
          .isEqualTo(all.get(i).size());
    }
  }

  /** The payload, and more levels behind it. */
  private static byte[] behind(byte[] payload) {
    byte[] more = ",[\"1.00000000\",\"2.00000000\"]]}".repeat(4).getBytes(StandardCharsets.UTF_8);
    byte[] array = Arrays.copyOf(payload, payload.length + more.length);
    System.arraycopy(more, 0, array, payload.length, more.length);
    return array;
  }

  private static String join(List<Written> levels) {
    return String.join(",", levels.stream().map(Written::text).toList());
  }

  @Test
  void refusesLevelsThatAreCutShortWhateverStandsBehind() {
    byte[] array =
        "{\"b\":[[\"60000.10000000\",\"0.50000000\"],[\"60000.00000000\",\"0.50000000\"]],\"a\":[]}"
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 6; length < array.length - 8; length++) {
      var scanner = new JsonScanner().reset(array, 0, length);
      var update = new BookUpdate().begin(false);
      assertThatThrownBy(
              () -> {
                scanner.field(BIDS).readLevels(true, update);
                scanner.finish();
              })
          .as("cut after %d bytes", length)
          .isInstanceOf(UnexpectedJsonException.class);
    }
  }

  @Test
  void namesTheNumberThatDoesNotFit() {
    var scanner =
        JsonScanner.of(
            "[[\"1.5\",\"2\"],[\"12345678901234567890.5\",\"1\"]]"
                .getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> scanner.readLevels(true, new BookUpdate().begin(true)))
        .isInstanceOf(UnexpectedJsonException.class)
        .hasMessageContaining("/1/0");
  }
}
