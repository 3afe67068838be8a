package io.tradeflood.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.bench.BenchOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class LiveBenchTest {
  /** What a message of permessage-deflate leaves out at its end. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private static final Path PEERS = Path.of(System.getProperty("tradeflood.peers", "peers"));

  /** Everybody in a process of its own; what is slow is none of a test's business. */
  @Test
  void everybodyHasTheSameBookAtTheEndOfTheTape() throws Exception {
    var peers = Optional.of(PEERS).filter(BenchOptions::hasPeers);

    var report = new LiveBench().run(BenchOptions.quick(peers));

    assertThat(report.broken()).isEmpty();
  }

  @Test
  void messagesSentAgainGoOnFromThoseBeforeAndSayWhenTheyWereSent() {
    var frames = new Frames(Tape.make(), true);
    int newest = frames.count() - 1;
    String before = text(frames, newest);

    frames.number(0, 1);
    frames.stamp(0, 12_345);

    String after = text(frames, 0);
    assertThat(after)
        .contains("\"E\":" + (Frames.STAMP + 12_345) + ",")
        .contains("\"U\":" + (number(before, "u") + 1) + ",")
        .hasSameSizeAs(text(new Frames(Tape.make(), true), 0));
  }

  @Test
  void packedMessagesAreTheSameAndSmaller() throws Exception {
    var frames = new Frames(Tape.make(), false);
    var packer = new Packer(frames);
    var inflater = new Inflater(true);
    int plain = 0;
    int packed = 0;
    for (int i = 0; i < 1000; i++) {
      var frame = packer.slice(i, i + 1);
      int size = frame.getShort(2);
      assertThat(frame.get(0)).isEqualTo((byte) 0xC1);
      assertThat(frame.remaining()).isEqualTo(size + 4);
      byte[] payload = new byte[size + TAIL.length];
      frame.get(4, payload, 0, size);
      System.arraycopy(TAIL, 0, payload, size, TAIL.length);
      inflater.setInput(payload);
      byte[] message = new byte[1024];
      int length = inflater.inflate(message);
      assertThat(new String(message, 0, length, StandardCharsets.ISO_8859_1))
          .isEqualTo(text(frames, i).substring(4));
      plain += length;
      packed += size;
    }
    inflater.end();
    assertThat(packed).isLessThan(plain / 2);
  }

  private static String text(Frames frames, int message) {
    return StandardCharsets.ISO_8859_1.decode(frames.slice(message, message + 1)).toString();
  }

  private static long number(String message, String name) {
    var found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(message);
    assertThat(found.find()).isTrue();
    return Long.parseLong(found.group(1));
  }

  @Test
  void theTapeIsAsLongAsMessagesAre() {
    var tape = Tape.make();

    assertThat(tape.bytesAMessage()).isBetween(295.0, 305.0);
    assertThat(tape.messages().getFirst()).contains("\"U\":70000000001,");
  }
}
