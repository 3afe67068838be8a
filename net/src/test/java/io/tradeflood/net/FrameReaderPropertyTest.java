package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * However a server cuts and packs its messages, and the network its frames, they come out whole.
 */
class FrameReaderPropertyTest {
  private static final int LIMIT = 200_000;

  /** Writes down what comes. */
  static final class Heard implements FrameReader.Sink {
    final List<String> lines = new ArrayList<>();
    int pauseAfter = Integer.MAX_VALUE;

    @Override
    public void message(byte[] bytes, int offset, int length) {
      assertThat(bytes.length - offset - length).isGreaterThanOrEqualTo(8);
      lines.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
      pauseAfter--;
    }

    @Override
    public void ping(byte[] bytes, int offset, int length) {
      lines.add("ping " + new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void pong() {
      lines.add("pong");
    }

    @Override
    public void close(int code, String reason) {
      lines.add("close " + code + " " + reason);
    }

    @Override
    public boolean isPaused() {
      return pauseAfter <= 0;
    }
  }

  @Property(tries = 300)
  void whateverTheCutsTheMessagesComeOutWhole(
      @ForAll long seed, @ForAll boolean packs, @ForAll boolean fresh) throws Exception {
    var random = new Random(seed);
    var expected = new ArrayList<String>();
    byte[] wire = conversation(random, packs, fresh, expected);
    var heard = new Heard();
    try (var reader = new FrameReader(heard, packs, fresh, LIMIT)) {
      var inbox = new Inbox();
      for (int at = 0; at < wire.length; ) {
        int size =
            Math.min(wire.length - at, 1 + random.nextInt(random.nextBoolean() ? 9 : 90_000));
        inbox.add(Unpooled.wrappedBuffer(wire, at, size));
        if (random.nextInt(4) == 0) heard.pauseAfter = random.nextInt(3);
        reader.read(inbox);
        heard.pauseAfter = Integer.MAX_VALUE;
        reader.read(inbox);
        at += size;
      }
    }
    assertThat(heard.lines).isEqualTo(expected);
  }

  private static byte[] conversation(
      Random random, boolean packs, boolean fresh, List<String> expected) {
    var wire = new ByteArrayOutputStream();
    var deflater = new Deflater(random.nextInt(10), true);
    for (int i = random.nextInt(12); i > 0; i--) {
      String text = text(random);
      boolean packed = packs && random.nextBoolean();
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      if (packed) payload = packed(payload, deflater, fresh);
      int parts = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
      int from = 0;
      for (int part = 1; part <= parts; part++) {
        int to = part == parts ? payload.length : from + random.nextInt(payload.length - from + 1);
        int opcode = from == 0 && part == 1 ? 1 + random.nextInt(2) : 0;
        int first = opcode | (part == parts ? 0x80 : 0) | (packed && part == 1 ? 0x40 : 0);
        frame(wire, first, Arrays.copyOfRange(payload, from, to), random.nextInt(8) == 0);
        from = to;
        if (part < parts) control(wire, random, expected);
      }
      expected.add(text);
      control(wire, random, expected);
    }
    deflater.end();
    frame(wire, 0x88, new byte[] {3, (byte) 0xE8, 'b', 'y', 'e'}, false);
    expected.add("close 1000 bye");
    return wire.toByteArray();
  }

  private static void control(ByteArrayOutputStream wire, Random random, List<String> expected) {
    switch (random.nextInt(6)) {
      case 0 -> {
        frame(wire, 0x89, new byte[] {'x'}, false);
        expected.add("ping x");
      }
      case 1 -> {
        frame(wire, 0x8A, new byte[0], false);
        expected.add("pong");
      }
      default -> {}
    }
  }

  private static String text(Random random) {
    int length = random.nextInt(random.nextInt(10) == 0 ? 70_000 : 300);
    var text = new StringBuilder(length);
    while (text.length() < length) text.append(random.nextInt(1000)).append("é{\"a\":1}");
    return text.toString();
  }

  private static byte[] packed(byte[] payload, Deflater deflater, boolean fresh) {
    deflater.setInput(payload);
    var out = new ByteArrayOutputStream();
    byte[] part = new byte[4096];
    int n;
    do {
      n = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
      out.write(part, 0, n);
    } while (n == part.length);
    if (fresh) deflater.reset();
    byte[] all = out.toByteArray();
    // An empty block at the end is left out, as RFC 7692 has it.
    return all.length < 4 ? new byte[] {0} : Arrays.copyOf(all, all.length - 4);
  }

  /**
   * @param roomy whether the length is written with more bytes than it needs
   */
  private static void frame(ByteArrayOutputStream wire, int first, byte[] payload, boolean roomy) {
    int size = payload.length;
    wire.write(first);
    if (size < 126 && !roomy) wire.write(size);
    else if (size < 65_536 && !roomy) {
      wire.write(126);
      wire.write(size >> 8);
      wire.write(size);
    } else {
      wire.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) wire.write((int) ((long) size >> shift));
    }
    wire.writeBytes(payload);
  }

  @Example
  void whatIsNoWebSocketIsToldSo() {
    refused("81820000000000", "sent a masked frame");
    refused("8b00", "sent a frame of the unknown kind 11");
    refused("0900", "sent a control frame that is long or in parts");
    refused("89fe", "sent a masked frame");
    refused("897e0080", "sent a control frame that is long or in parts");
    refused("8000", "went on with a message that it had not begun");
    refused("010141810142", "began a message before the one before it had ended");
    refused("c100", "sent a frame with bits that mean nothing");
    refused("880103", "closed with half a code");
    refused("817f00000000000fffff", "is longer than the 200000 bytes of stream.message-limit");
    refused("817fffffffffffffffff", "is longer than the 200000 bytes of stream.message-limit");
  }

  private static void refused(String hex, String words) {
    assertThatThrownBy(
            () -> {
              try (var reader = new FrameReader(new Heard(), false, false, LIMIT)) {
                var inbox = new Inbox();
                inbox.add(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
                reader.read(inbox);
              }
            })
        .as(hex)
        .isInstanceOf(FrameException.class)
        .hasMessageContaining(words);
  }

  @Example
  void aMessageThatUnpacksToMoreThanIsAcceptedIsToldSo() {
    var deflater = new Deflater(9, true);
    var wire = new ByteArrayOutputStream();
    frame(wire, 0xC1, packed(new byte[LIMIT + 1], deflater, false), false);
    deflater.end();
    assertThatThrownBy(
            () -> {
              try (var reader = new FrameReader(new Heard(), true, false, LIMIT)) {
                var inbox = new Inbox();
                inbox.add(Unpooled.wrappedBuffer(wire.toByteArray()));
                reader.read(inbox);
              }
            })
        .isInstanceOf(FrameException.class)
        .hasMessageContaining("is longer than");
  }
}
