package io.tradeflood.proxyter.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, a parser reads it, wants more, or refuses it; and its bounds hold. */
class WireFuzzTest {
  private static final String[] SEEDS = {
    "CONNECT api.example.com:443 HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Basic dDo=\r\n\r\n",
    "GET http://[::1]:8/ HTTP/1.0\r\nContent-Length: 5\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    "5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
    "\005\001\002\001\004user\006secret\005\001\000\003\007example\001\273",
    "\005\001\000\004aaaabbbbccccdddd\000\120",
  };

  static void heads(byte[] bytes) {
    int end = HeadReader.end(bytes, 0, bytes.length);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(end).isEqualTo(text.indexOf("\r\n\r\n") < 0 ? -1 : text.indexOf("\r\n\r\n") + 4);
    if (end < 0) return;
    orRefused(
        () -> {
          var head = RequestHead.read(bytes, 0, end);
          assertThat(head.method() + head.target()).matches("[!-~]+");
          head.headers()
              .forEach((name, value) -> assertThat(name + value).doesNotContain("\r", "\n", "\0"));
          var unused = head.keepsAlive();
          orRefused(head::body);
          orRefused(() -> assertThat(Target.parse(head.target(), 80).port()).isPositive());
        });
    orRefused(() -> ResponseHead.read(bytes, 0, end).body("GET"));
  }

  static void bodies(byte[] bytes) {
    BodyFrame whole = BodyFrame.chunked();
    int[] length = {-1};
    orRefused(() -> length[0] = whole.advance(Unpooled.wrappedBuffer(bytes)));
    // In pieces it ends where it ends as a whole.
    BodyFrame pieces = BodyFrame.chunked();
    int[] sum = {0};
    boolean[] refused = {false};
    try {
      for (byte b : bytes) {
        ByteBuf one = Unpooled.wrappedBuffer(new byte[] {b});
        sum[0] += pieces.advance(one);
        if (pieces.isDone()) break;
      }
    } catch (WireException _) {
      refused[0] = true;
    }
    assertThat(refused[0]).isEqualTo(length[0] < 0);
    if (!refused[0]) assertThat(sum[0]).isEqualTo(length[0]);
  }

  static void socks(byte[] bytes) {
    orRefused(
        () ->
            Socks.greeting(bytes, 0, bytes.length)
                .ifPresent(g -> assertThat(g.length()).isBetween(2, bytes.length)));
    orRefused(
        () ->
            Socks.login(bytes, 0, bytes.length)
                .ifPresent(l -> assertThat(l.length()).isBetween(3, bytes.length)));
    orRefused(
        () ->
            Socks.request(bytes, 0, bytes.length)
                .ifPresent(
                    r -> {
                      assertThat(r.length()).isBetween(5, bytes.length);
                      orRefused(() -> new Target(r.host(), r.port()));
                    }));
  }

  private static void orRefused(Runnable work) {
    try {
      work.run();
    } catch (WireException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  @FuzzTest(maxDuration = "60s")
  void headsAreReadOrRefused(byte[] bytes) {
    heads(bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void bodiesEndWhereTheyEnd(byte[] bytes) {
    bodies(bytes);
  }

  @FuzzTest(maxDuration = "60s")
  void socksIsReadOrRefused(byte[] bytes) {
    socks(bytes);
  }

  record Parser(String name, Consumer<byte[]> parse) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Parser[] parsers() {
    return new Parser[] {
      new Parser("heads", WireFuzzTest::heads),
      new Parser("bodies", WireFuzzTest::bodies),
      new Parser("socks", WireFuzzTest::socks)
    };
  }

  /** The same without a fuzzing engine: changed seeds, the same in every run. */
  @ParameterizedTest
  @MethodSource("parsers")
  void changedMessagesAreReadOrRefused(Parser parser) {
    var random = new Random(11);
    for (int i = 0; i < 60_000; i++) {
      byte[] bytes =
          SEEDS[random.nextInt(SEEDS.length)].getBytes(StandardCharsets.ISO_8859_1).clone();
      for (int change = random.nextInt(5); change > 0; change--) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 ->
              bytes[at] =
                  (byte) "\r\n: ;,[]%\0\t".charAt(random.nextInt("\r\n: ;,[]%\0\t".length()));
          case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
          default -> {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
            bytes = longer;
          }
        }
      }
      parser.parse().accept(bytes);
    }
  }

  @Test
  void aBodyIsFollowedThroughItsChunks() {
    String body = "5\r\nhello\r\n00a;x=\"y\"\r\n0123456789\r\n0\r\nT: u\r\n\r\nNEXT";
    ByteBuf in = Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII);
    BodyFrame frame = BodyFrame.chunked();
    assertThat(frame.advance(in)).isEqualTo(body.length() - 4);
    assertThat(frame.isDone()).isTrue();
    assertThatThrownBy(
            () ->
                BodyFrame.chunked()
                    .advance(Unpooled.copiedBuffer("5\nh", StandardCharsets.US_ASCII)))
        .isInstanceOf(WireException.class);
  }
}
