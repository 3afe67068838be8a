package io.tradeflood.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplyHeadTest {
  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void aBodyInChunksEndsWithAnEmptyOneAndSaysWhatTheOthersDo() {
    var head = new ReplyHead(400, Map.of("transfer-encoding", List.of("chunked")));
    String body = "a\r\n{\"error\":0\r\n2;x=y\r\n0}\r\n0\r\n\r\n";
    assertThat(head.isWhole(bytes(body))).isTrue();
    assertThat(head.content(bytes(body))).asString(UTF_8).isEqualTo("{\"error\":00}");
    for (int length = 0; length < body.length(); length++) {
      byte[] cut = bytes(body.substring(0, length));
      assertThat(head.isWhole(cut)).isFalse();
      assertThat("{\"error\":00}").startsWith(new String(head.content(cut), UTF_8));
    }
    assertThat(head.isWhole(bytes("0\r\n\r\n"))).isTrue();
    assertThat(head.content(bytes("no chunk"))).isEmpty();
  }

  @Test
  void anotherBodyIsWholeWhenItIsAsLongAsItsHeadSays() {
    var head = new ReplyHead(400, Map.of("content-length", List.of("2")));
    assertThat(head.isWhole(bytes("a"))).isFalse();
    assertThat(head.isWhole(bytes("ab"))).isTrue();
    assertThat(head.content(bytes("ab"))).isEqualTo(bytes("ab"));
  }
}
