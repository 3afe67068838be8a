package io.tradeflood.net.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TextMapTest {
  @Property(tries = 100)
  void itFindsByBytesWhatAMapFindsByText(@ForAll long seed) {
    var random = new Random(seed);
    var map = new TextMap<Integer>();
    var expected = new HashMap<String, Integer>();
    for (int i = 0; i < 100; i++) {
      String text = text(random);
      if (random.nextInt(4) == 0) {
        map.remove(text);
        expected.remove(text);
      } else {
        map.put(text, i);
        expected.put(text, i);
      }
    }
    for (int i = 0; i < 200; i++) {
      String text = text(random);
      byte[] json = ("[\"" + text + "\", 1]").getBytes(StandardCharsets.UTF_8);
      var scanner = JsonScanner.of(json);
      scanner.enterArray();
      assertThat(scanner.readKnown(map)).as(text).isEqualTo(expected.get(text));
      assertThat(scanner.readLong()).isEqualTo(1);
      assertThat(map.get(text)).isEqualTo(expected.get(text));
    }
    assertThat(map.size()).isEqualTo(expected.size());
    assertThat(map.values()).containsExactlyInAnyOrderElementsOf(expected.values());
  }

  private static String text(Random random) {
    String[] ends = {"@trade", "@depth@100ms", "é", ""};
    return random.nextInt(60) + "btcusdt".substring(random.nextInt(8)) + ends[random.nextInt(4)];
  }
}
