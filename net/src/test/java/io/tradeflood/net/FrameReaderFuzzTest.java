package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server sends, its frames are read or refused, wherever the network cuts them. */
class FrameReaderFuzzTest {
  private static final int LIMIT = 10_000;

  /**
   * The first byte says whether messages may be packed, and each for itself; the second, into what
   * pieces the others are cut. Packed ones are the examples of RFC 7692, 7.2.3.
   */
  private static final String[] SEEDS = {
    "0000 810548656c6c6f 0103486c6c 890178 80026c6f 8a00 880503e8627965",
    "0002 827e000548656c6c6f 817f000000000000000548656c6c6f 8100",
    "0003 010048 000148 89026869 8000 880203e9 810141",
    "0104 c107f248cdc9c90700 c105f200110000 810141",
    "0105 4103f248cd 89017a 8004c9c90700 c107f248cdc9c90700",
    "0300 c107f248cdc9c90700 c107f248cdc9c90700",
    "0107 c10b000500faff48656c6c6f00",
    "0301 c108f348cdc9c9070000 c108f348cdc9c9070000",
    "010a c10df2480500000000ffffcac9c90700",
  };

  static List<byte[]> seeds() {
    return Arrays.stream(SEEDS).map(hex -> HexFormat.of().parseHex(hex.replace(" ", ""))).toList();
  }

  static void frames(byte[] bytes) {
    if (bytes.length < 2) return;
    byte[] wire = Arrays.copyOfRange(bytes, 2, bytes.length);
    List<String> whole = read(bytes[0], wire, Math.max(1, wire.length), Integer.MAX_VALUE);
    assertThat(whole).hasSizeLessThanOrEqualTo(wire.length / 2 + 1);
    assertThat(read(bytes[0], wire, 1 + (bytes[1] & 0xFF), 1)).isEqualTo(whole);
  }

  /** What is heard, with the refusal if there is one. */
  private static List<String> read(int how, byte[] wire, int piece, int pauseAfter) {
    var heard = new FrameReaderPropertyTest.Heard();
    try (var reader = new FrameReader(heard, (how & 1) != 0, (how & 2) != 0, LIMIT)) {
      var inbox = new Inbox();
      for (int at = 0; at < wire.length; at += piece) {
        inbox.add(Unpooled.wrappedBuffer(wire, at, Math.min(piece, wire.length - at)));
        do {
          heard.pauseAfter = pauseAfter;
          reader.read(inbox);
          if (inbox.length() < 0) throw new AssertionError("read more than had come");
        } while (heard.isPaused());
      }
    } catch (FrameException refused) {
      assertThat(refused.getMessage()).doesNotContain("\n");
      heard.lines.add("refused: " + refused.getMessage());
    }
    return heard.lines;
  }

  /**
   * By coverage with {@code JAZZER_FUZZ=1}, which takes one fuzz test at a time; else the seeds.
   */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "4m")
  void framesAreReadOrRefusedWhereverTheyAreCut(byte[] bytes) {
    frames(bytes);
  }

  /** The same without a fuzzing engine: changed seeds, the same in every run. */
  @Test
  void changedFramesAreReadOrRefusedWhereverTheyAreCut() {
    var random = new Random(11);
    var seeds = seeds();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
      for (int change = random.nextInt(5); change > 0; change--) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
          case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
          case 3 -> bytes = joined(bytes, at, seeds.get(random.nextInt(seeds.size())));
          default -> bytes = joined(bytes, at, Arrays.copyOfRange(bytes, at, bytes.length));
        }
      }
      frames(bytes);
    }
  }

  /** The first ones of some bytes, then others. */
  private static byte[] joined(byte[] bytes, int first, byte[] others) {
    byte[] all = Arrays.copyOf(bytes, first + others.length);
    System.arraycopy(others, 0, all, first, others.length);
    return all;
  }
}
