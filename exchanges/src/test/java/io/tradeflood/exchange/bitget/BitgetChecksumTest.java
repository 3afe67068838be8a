package io.tradeflood.exchange.bitget;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.exchange.Shared;
import io.tradeflood.live.BookChecksum;
import io.tradeflood.live.BookLevels;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.InterleavedCrc;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class BitgetChecksumTest {
  private static final BookChecksum CHECKSUM = new InterleavedCrc(BitgetLiveBook.CHECKED);

  /** A book kept the slow way, of texts. */
  private static final class TextBook implements BookLevels {
    private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private List<List<BigDecimal>> bidLevels = List.of();
    private List<List<BigDecimal>> askLevels = List.of();

    static TextBook of(List<String> bids, List<String> asks) {
      var book = new TextBook();
      bids.forEach(level -> book.set(true, level));
      asks.forEach(level -> book.set(false, level));
      book.settle();
      return book;
    }

    private void set(boolean bid, String level) {
      String[] both = level.split(":", -1);
      set(bid, new BigDecimal(both[0]), new BigDecimal(both[1]));
    }

    private void set(boolean bid, BigDecimal price, BigDecimal size) {
      var side = bid ? bids : asks;
      side.remove(price); // a level that is written anew is kept as it is written now
      if (size.signum() != 0) side.put(price, size);
    }

    void apply(BookUpdate update) {
      if (update.isSnapshot()) {
        bids.clear();
        asks.clear();
      }
      for (int i = 0; i < update.size(); i++)
        set(
            update.isBid(i),
            BigDecimal.valueOf(update.price(i), update.priceScale(i)),
            BigDecimal.valueOf(update.size(i), update.sizeScale(i)));
      settle();
    }

    private void settle() {
      bidLevels = levels(bids);
      askLevels = levels(asks);
    }

    private static List<List<BigDecimal>> levels(TreeMap<BigDecimal, BigDecimal> side) {
      return side.entrySet().stream()
          .map(level -> List.of(level.getKey(), level.getValue()))
          .toList();
    }

    private BigDecimal at(boolean bid, int level, int column) {
      return (bid ? bidLevels : askLevels).get(level).get(column);
    }

    @Override
    public int bids() {
      return bidLevels.size();
    }

    @Override
    public int asks() {
      return askLevels.size();
    }

    @Override
    public long price(boolean bid, int level) {
      return at(bid, level, 0).unscaledValue().longValueExact();
    }

    @Override
    public int priceScale(boolean bid, int level) {
      return at(bid, level, 0).scale();
    }

    @Override
    public long size(boolean bid, int level) {
      return at(bid, level, 1).unscaledValue().longValueExact();
    }

    @Override
    public int sizeScale(boolean bid, int level) {
      return at(bid, level, 1).scale();
    }

    /** As the exchange describes it: the text, then its sum. */
    int sumOfText() {
      var parts = new ArrayList<String>();
      for (int i = 0; i < 25; i++) {
        if (i < bids()) parts.add(text(true, i));
        if (i < asks()) parts.add(text(false, i));
      }
      var crc = new CRC32();
      crc.update(String.join(":", parts).getBytes(StandardCharsets.US_ASCII));
      return (int) crc.getValue();
    }

    private String text(boolean bid, int level) {
      return at(bid, level, 0).toPlainString() + ":" + at(bid, level, 1).toPlainString();
    }
  }

  @Test
  void sumsUpBothSidesInTurnAsTheyWereWritten() {
    var book =
        TextBook.of(List.of("100.5:2", "100.40:3"), List.of("100.6:1.5", "100.70:4", "100.8:0.25"));

    assertThat(CHECKSUM.of(book, 0)).isEqualTo(-816974071);
    assertThat(CHECKSUM.of(TextBook.of(List.of("100.5:8"), List.of("100.6:1")), 0))
        .isEqualTo(-417624366);
  }

  @Test
  void aSideMayBeEmpty() {
    var asks = TextBook.of(List.of(), List.of("0.00003507:145214", "1:2"));
    var nothing = TextBook.of(List.of(), List.of());

    assertThat(CHECKSUM.of(asks, 0)).isEqualTo(asks.sumOfText());
    assertThat(CHECKSUM.of(nothing, 0)).isEqualTo(nothing.sumOfText()).isZero();
  }

  @Test
  void agreesWithTheTextsSumWhateverTheNumbers() {
    var random = new Random(1);
    for (int round = 0; round < 500; round++) {
      var bids = numbers(random, round % 40);
      var asks = numbers(random, (round * 7) % 33);
      var book = TextBook.of(bids, asks);

      assertThat(CHECKSUM.of(book, 0)).as("%s %s", bids, asks).isEqualTo(book.sumOfText());
    }
  }

  private static List<String> numbers(Random random, int count) {
    return random
        .ints(count, 1, 19)
        .mapToObj(digits -> number(random, digits) + ":" + number(random, 19 - digits))
        .toList();
  }

  private static String number(Random random, int digits) {
    long bound = (long) Math.pow(10, digits);
    return BigDecimal.valueOf(1 + random.nextLong(bound), random.nextInt(20)).toPlainString();
  }

  /**
   * What the exchange sent of eight books, of the first version, which sums up alike. Skipped where
   * the recorded payloads are not beside the repository.
   */
  @Test
  void agreesWithWhatTheExchangeSummedUp() throws Exception {
    Shared.list("bitget", "EXPECTED.json");
    var books = new HashMap<String, TextBook>();
    int checked = 0;
    for (String line : Shared.text("bitget", "ws/cf-bitget-ws-1-0.txt.gz").split("\n")) {
      int at = line.indexOf(": {\"action\"");
      if (at < 0 || !line.contains("\"channel\":\"books\"")) continue;
      var message = JsonScanner.of(line.substring(at + 2).getBytes(StandardCharsets.UTF_8));
      boolean snapshot = message.field(Name.of("action")).readText().equals("snapshot");
      String name = message.field(Name.of("arg")).field(Name.of("instId")).readText();
      message.skipRest();
      var update = new BookUpdate();
      BitgetBookUpdate.read(message.field(Name.of("data")), snapshot, update);
      message.finish();
      var book = books.computeIfAbsent(name, _ -> new TextBook());
      book.apply(update);
      if (!update.hasChecksum()) continue;
      assertThat(CHECKSUM.of(book, 0))
          .as("%s %s", name, line.substring(0, 20))
          .isEqualTo(update.checksum());
      checked++;
    }
    assertThat(books).hasSize(8);
    assertThat(checked).isGreaterThan(400);
  }
}
