package io.tradeflood.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final int MOST = 10_000;

  /** Says everything back. */
  private static final HttpServer SERVER =
      HttpServer.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          WireLimits.DEFAULT,
          request ->
              WebSocket.accept(request, Deflate.Policy.ON, MOST, deflate -> WebSocketTest::echo));

  private static void echo(WebSocketReader reader, WebSocketWriter writer) throws IOException {
    try {
      while (true) {
        switch (reader.read()) {
          case WebSocketReader.Message.Text(String text) -> writer.text(text);
          case WebSocketReader.Message.Binary(byte[] bytes) -> writer.text("" + bytes.length);
          case WebSocketReader.Message.Ping(byte[] bytes) -> writer.pong(bytes);
          case WebSocketReader.Message.Pong(byte[] bytes) -> writer.ping(bytes);
          case WebSocketReader.Message.Close(int code, String reason) -> {
            writer.close(code, reason);
            writer.flush();
            return;
          }
        }
        writer.flush();
      }
    } catch (WebSocketReader.Broken e) {
      writer.close(e.code(), "");
      writer.flush();
    }
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /** A client that may send anything. */
  private static final class Raw implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final String head;

    Raw(String... fields) throws IOException {
      this("GET", fields);
    }

    Raw(String method, String[] fields) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.address().getPort());
      socket.setSoTimeout(10_000);
      in = new DataInputStream(socket.getInputStream());
      StringBuilder request = new StringBuilder(method + " /ws HTTP/1.1\r\nHost: x\r\n");
      for (String field : fields) {
        request.append(field).append("\r\n");
      }
      send(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      head = readHead(in);
    }

    static Raw open(String... more) throws IOException {
      String[] fields = new String[4 + more.length];
      fields[0] = "Upgrade: websocket";
      fields[1] = "Connection: keep-alive, Upgrade";
      fields[2] = "Sec-WebSocket-Version: 13";
      fields[3] = "Sec-WebSocket-Key: " + KEY;
      System.arraycopy(more, 0, fields, 4, more.length);
      return new Raw(fields);
    }

    private static String readHead(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        if (c < 0) {
          break;
        }
        head.append((char) c);
      }
      return head.toString();
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /** A masked frame. */
    Raw frame(int first, byte[] content) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(first);
      if (content.length < 126) {
        frame.write(0x80 | content.length);
      } else {
        frame.write(0x80 | 126);
        frame.write(content.length >> 8);
        frame.write(content.length);
      }
      byte[] mask = {1, 2, 3, 4};
      frame.writeBytes(mask);
      for (int i = 0; i < content.length; i++) {
        frame.write(content[i] ^ mask[i & 3]);
      }
      send(frame.toByteArray());
      return this;
    }

    Raw frame(int first, String content) throws IOException {
      return frame(first, content.getBytes(StandardCharsets.UTF_8));
    }

    private int first;

    byte[] answer() throws IOException {
      first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      assertThat(length & 0x80).as("a server's frame is not masked").isZero();
      int size =
          length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
      return in.readNBytes(size);
    }

    String text() throws IOException {
      byte[] content = answer();
      assertThat(first).isEqualTo(0x81);
      return new String(content, StandardCharsets.UTF_8);
    }

    int closeCode() throws IOException {
      byte[] content = answer();
      while (first != 0x88) {
        content = answer();
      }
      assertThat(in.read()).isEqualTo(-1);
      return content.length == 0 ? 1005 : (content[0] & 0xFF) << 8 | content[1] & 0xFF;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void theHandshakeIsThatOfTheStandard() throws IOException {
    try (Raw raw = Raw.open()) {
      assertThat(raw.head).startsWith("HTTP/1.1 101 ");
      assertThat(raw.head).contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
      assertThat(raw.head).doesNotContain("Sec-WebSocket-Extensions");
    }
  }

  @Test
  void whoAsksWronglyIsRefused() throws IOException {
    String upgrade = "Upgrade: websocket";
    String connection = "Connection: Upgrade";
    String version = "Sec-WebSocket-Version: 13";
    String key = "Sec-WebSocket-Key: " + KEY;
    assertThat(headOf(upgrade, version, key)).startsWith("HTTP/1.1 400 ");
    assertThat(headOf(upgrade, connection, key)).startsWith("HTTP/1.1 426 ");
    assertThat(headOf(upgrade, connection, "Sec-WebSocket-Version: 8", key))
        .contains("Sec-WebSocket-Version: 13\r\n");
    assertThat(headOf(upgrade, connection, version)).startsWith("HTTP/1.1 400 ");
    assertThat(headOf(upgrade, connection, version, "Sec-WebSocket-Key: short"))
        .startsWith("HTTP/1.1 400 ");
    try (Raw raw = new Raw("POST", new String[] {upgrade, connection, version, key})) {
      assertThat(raw.head).startsWith("HTTP/1.1 400 ");
    }
  }

  private static String headOf(String... fields) throws IOException {
    try (Raw raw = new Raw(fields)) {
      return raw.head;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 5000, 9999})
  void messagesOfAnySizeComeBack(int size) throws IOException {
    String text = "ä".repeat(size / 2) + "x".repeat(size % 2);
    try (Raw raw = Raw.open()) {
      assertThat(raw.frame(0x81, text).text()).isEqualTo(text);
    }
  }

  @Test
  void aMessageMayComeInPartsWithAPingBetween() throws IOException {
    try (Raw raw = Raw.open()) {
      byte[] text = "é-in-two".getBytes(StandardCharsets.UTF_8);
      raw.frame(0x01, new byte[] {text[0]}).frame(0x89, "p");
      raw.frame(0x00, new byte[0]);
      raw.frame(0x80, java.util.Arrays.copyOfRange(text, 1, text.length));
      assertThat(raw.answer()).isEqualTo(new byte[] {'p'});
      assertThat(raw.first).isEqualTo(0x8A);
      assertThat(raw.text()).isEqualTo("é-in-two");
    }
  }

  @Test
  void aCloseIsAnsweredWithItsCode() throws IOException {
    try (Raw raw = Raw.open()) {
      assertThat(raw.frame(0x88, new byte[] {0x03, (byte) 0xE9, 'x'}).closeCode()).isEqualTo(1001);
    }
    try (Raw raw = Raw.open()) {
      assertThat(raw.frame(0x88, new byte[0]).closeCode()).isEqualTo(1005);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a bit that is reserved,          C1 80 00 00 00 00, 1002",
    "a kind that is reserved,         83 80 00 00 00 00, 1002",
    "no mask,                         81 00,             1002",
    "a control frame in parts,        09 80 00 00 00 00, 1002",
    "a long control frame,            89 FE 00 7E,       1002",
    "a continuation of nothing,       80 80 00 00 00 00, 1002",
    "a message within a message,      01 80 00 00 00 00 81 80 00 00 00 00, 1002",
    "text that is not UTF-8,          81 81 00 00 00 00 FF, 1007",
    "a close code of one byte,        88 81 00 00 00 00 03, 1002",
    "a close code that is not sent,   88 82 00 00 00 00 03 ED, 1002",
    "a close reason not UTF-8,        88 83 00 00 00 00 03 E8 FF, 1007",
    "more than is put up with,        81 FE 27 11,       1009",
    "a length beyond all,             82 FF FF FF FF FF FF FF FF FF, 1009"
  })
  void whatBreaksTheProtocolEndsTheConnection(String what, String bytes, int code)
      throws IOException {
    try (Raw raw = Raw.open()) {
      raw.send(java.util.HexFormat.of().parseHex(bytes.replace(" ", "")));
      assertThat(raw.closeCode()).as(what).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "permessage-deflate, permessage-deflate",
    "permessage-deflate; client_max_window_bits, permessage-deflate",
    "permessage-deflate; server_no_context_takeover, permessage-deflate;"
        + " server_no_context_takeover",
    "permessage-deflate; client_no_context_takeover, permessage-deflate;"
        + " client_no_context_takeover",
    "permessage-deflate; server_max_window_bits=10, ''",
    "'permessage-deflate; server_max_window_bits=10, permessage-deflate', permessage-deflate",
    "x-webkit-deflate-frame, ''"
  })
  void compressionIsAgreedOn(String offer, String answer) throws IOException {
    try (Raw raw = Raw.open("Sec-WebSocket-Extensions: " + offer)) {
      String field = "Sec-WebSocket-Extensions: ";
      int at = raw.head.indexOf(field);
      String agreed =
          at < 0 ? "" : raw.head.substring(at + field.length(), raw.head.indexOf("\r\n", at));
      assertThat(agreed).isEqualTo(answer);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "permessage-deflate, false, false",
    "permessage-deflate; server_no_context_takeover, true, false",
    "permessage-deflate; client_no_context_takeover, false, true"
  })
  void compressedMessagesComeBack(String offer, boolean serverForgets, boolean clientForgets)
      throws IOException, DataFormatException {
    try (Raw raw = Raw.open("Sec-WebSocket-Extensions: " + offer)) {
      Deflater deflater = new Deflater(9, true);
      Inflater inflater = new Inflater(true);
      int[] sizes = new int[3];
      for (int i = 0; i < 3; i++) {
        String text = "{\"e\":\"depthUpdate\",\"number\":%d}".formatted(i) + "abcdef".repeat(50);
        raw.frame(0xC1, deflate(deflater, text));
        if (clientForgets) {
          deflater.reset();
        }
        byte[] answer = raw.answer();
        sizes[i] = answer.length;
        assertThat(raw.first).isEqualTo(0xC1);
        assertThat(inflate(inflater, answer)).isEqualTo(text);
        if (serverForgets) {
          inflater.reset();
        }
      }
      assertThat(sizes[1] < sizes[0]).isEqualTo(!serverForgets);
      assertThat(raw.frame(0x81, "plain").text()).isEqualTo("plain");
      deflater.end();
      inflater.end();
    }
  }

  private static byte[] deflate(Deflater deflater, String text) {
    deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
    byte[] bytes = new byte[4096];
    int n = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
    return java.util.Arrays.copyOf(bytes, n - 4);
  }

  private static String inflate(Inflater inflater, byte[] content) throws DataFormatException {
    byte[] tailed = java.util.Arrays.copyOf(content, content.length + 4);
    tailed[content.length + 2] = (byte) 0xFF;
    tailed[content.length + 3] = (byte) 0xFF;
    inflater.setInput(tailed);
    byte[] bytes = new byte[4096];
    int n = inflater.inflate(bytes);
    return new String(bytes, 0, n, StandardCharsets.UTF_8);
  }

  @Test
  void aSmallMessageThatInflatesToAHugeOneIsRefused() throws IOException {
    try (Raw raw = Raw.open("Sec-WebSocket-Extensions: permessage-deflate")) {
      Deflater deflater = new Deflater(9, true);
      raw.frame(0xC1, deflate(deflater, "0".repeat(1_000_000)));
      deflater.end();
      assertThat(raw.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void rubbishInPlaceOfCompressionIsRefused() throws IOException {
    try (Raw raw = Raw.open("Sec-WebSocket-Extensions: permessage-deflate")) {
      raw.frame(0xC1, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7, 9, 13});
      assertThat(raw.closeCode()).isEqualTo(1007);
    }
  }

  /** Whatever comes, the connection ends or goes on, and the next one is served. */
  @Test
  void randomFramesHarmNobody() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    int[] kinds = {0x81, 0x01, 0x00, 0x80, 0xC1, 0x41, 0x82, 0x89, 0x8A, 0x88};
    for (int round = 0; round < 300; round++) {
      try (Raw raw = Raw.open("Sec-WebSocket-Extensions: permessage-deflate")) {
        for (int i = 0; i < 8; i++) {
          byte[] content = new byte[random.nextInt(random.nextInt(4) == 0 ? 400 : 12)];
          random.nextBytes(content);
          if (random.nextInt(6) == 0) {
            raw.send(content);
          } else {
            raw.frame(kinds[random.nextInt(kinds.length)], content);
          }
        }
        raw.socket.shutdownOutput();
        while (raw.in.read() >= 0) {
          continue;
        }
      } catch (EOFException | java.net.SocketException e) {
        assertThat(SERVER.address()).isNotNull();
      }
    }
    try (Raw raw = Raw.open()) {
      assertThat(raw.frame(0x81, "still here").text()).isEqualTo("still here");
    }
  }
}
