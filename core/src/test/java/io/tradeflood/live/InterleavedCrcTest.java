package io.tradeflood.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InterleavedCrcTest {
  private static Ladder ladder(List<String> bids, List<String> asks) {
    var update = new BookUpdate().begin(true);
    for (String level : bids) put(update, true, level);
    for (String level : asks) put(update, false, level);
    var ladder = new Ladder();
    ladder.apply(update);
    return ladder;
  }

  private static void put(BookUpdate update, boolean bid, String level) {
    var price = new BigDecimal(level.split(":")[0]);
    var size = new BigDecimal(level.split(":")[1]);
    update.level(
        bid,
        price.unscaledValue().longValueExact(),
        price.scale(),
        size.unscaledValue().longValueExact(),
        size.scale());
  }

  @Test
  void agreesWithKnownSums() {
    var crc = new InterleavedCrc(25);

    assertThat(
            crc.of(
                ladder(
                    List.of("100.5:2", "100.40:3"), List.of("100.6:1.5", "100.70:4", "100.8:0.25")),
                0))
        .isEqualTo(-816974071);
    assertThat(crc.of(ladder(List.of("100.5:8"), List.of("100.6:1")), 0)).isEqualTo(-417624366);
  }

  @Property(tries = 300)
  void isTheCrcOfTheText(
      @ForAll @Size(min = 1, max = 40)
          List<@BigRange(min = "0.00001", max = "900000") @Scale(8) BigDecimal> numbers,
      @ForAll boolean bid) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < numbers.size(); i++)
      texts.add(
          new BigDecimal(bid ? numbers.size() - i : i + 1).movePointLeft(2).toPlainString()
              + ":"
              + numbers.get(i).toPlainString());
    var crc = new CRC32();
    crc.update(
        String.join(":", texts.subList(0, Math.min(25, texts.size())))
            .getBytes(StandardCharsets.US_ASCII));

    int sum =
        new InterleavedCrc(25).of(bid ? ladder(texts, List.of()) : ladder(List.of(), texts), 0);

    assertThat(sum).isEqualTo((int) crc.getValue());
  }
}
