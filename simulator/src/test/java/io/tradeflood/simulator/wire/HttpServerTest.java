package io.tradeflood.simulator.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final WireLimits LIMITS =
      new WireLimits(2048, 4096, 100, Duration.ofMillis(300), Duration.ofSeconds(5), true);

  private final List<Request> seen = new CopyOnWriteArrayList<>();
  private Response next = Response.text(200, "text/plain", "hello");
  private final HttpServer server = start(LIMITS);

  private HttpServer start(WireLimits limits) {
    return HttpServer.start(new InetSocketAddress("127.0.0.1", 0), limits, this::handle);
  }

  private Response handle(Request request) {
    seen.add(request);
    return request.path().equals("/echo")
        ? Response.text(200, "text/plain", request.text() + request.query().get("q").orElse(""))
        : next;
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.address().getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** Reads one answer with its length, so that the connection can go on. */
  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("The answer ended in its head: " + head);
      }
      head.append((char) c);
    }
    int length = 0;
    for (String line : head.toString().split("\r\n")) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
    }
    return head + new String(in.readNBytes(length), ISO_8859_1);
  }

  @Test
  void requestsSentAtOnceAreAnsweredInTheirOrder() throws IOException {
    try (Socket socket = connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        requests.append("GET /echo?q=").append(i).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
      }
      socket.getOutputStream().write(requests.toString().getBytes(UTF_8));
      for (int i = 0; i < 50; i++) {
        assertThat(answer(socket.getInputStream())).endsWith("\r\n\r\n" + i);
      }
    }
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void aBodyComesWithItsLengthOrInChunks() throws IOException {
    assertThat(exchange("POST /echo HTTP/1.1\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"))
        .endsWith("\r\n\r\nabc");
    assertThat(
            exchange(
                "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    + "2;x=1\r\nab\r\n1\r\nc\r\n0\r\nTrailer: t\r\n\r\n"))
        .endsWith("\r\n\r\nabc");
  }

  @Test
  void aClientThatWaitsToSendIsToldToGoOn() throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /echo HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
              .getBytes(UTF_8));
      assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 100 ");
      out.write("ok".getBytes(UTF_8));
      assertThat(answer(socket.getInputStream())).endsWith("ok");
    }
  }

  @Test
  void headGivesTheLengthWithoutTheBody() throws IOException {
    assertThat(exchange("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Content-Length: 5\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void parametersAreDecoded() throws IOException {
    assertThat(exchange("GET /echo?q=%5B%22a%22%5D+b HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .endsWith("[\"a\"] b");
    assertThat(seen.getFirst().query().names()).containsExactly("q");
  }

  @Test
  void gzipIsUsedForThoseWhoAsk() throws IOException {
    next = Response.text(200, "text/plain", "x".repeat(5000));
    String plain = exchange("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assertThat(plain).endsWith("x".repeat(5000));
    String zipped =
        exchange("GET / HTTP/1.1\r\nAccept-Encoding: deflate, gzip\r\nConnection: close\r\n\r\n");
    assertThat(zipped).contains("Content-Encoding: gzip");
    byte[] body = zipped.substring(zipped.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      assertThat(in.readAllBytes()).hasSize(5000);
    }
  }

  @Test
  void oldClientsGetTheConnectionClosed() throws IOException {
    assertThat(exchange("GET / HTTP/1.0\r\n\r\n")).contains("Connection: close").endsWith("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0016\u0003\u0001 hello\r\n\r\n",
        "GET /\r\n\r\n",
        "GET / FTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\nHost: x\n\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\n folded: x\r\n\r\n",
        "G(T / HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void whatIsNotHttpIsRefused(String rubbish) throws IOException {
    assertThat(exchange(rubbish)).startsWith("HTTP/1.1 400 ");
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "505, GET / HTTP/2.0",
    "414, GET /{long} HTTP/1.1",
    "431, GET / HTTP/1.1|X: {long}",
    "413, POST / HTTP/1.1|Content-Length: 5000",
    "501, POST / HTTP/1.1|Transfer-Encoding: gzip"
  })
  void whatIsTooMuchIsRefusedByItsName(int status, String request) throws IOException {
    String text = request.replace("{long}", "x".repeat(3000)).replace("|", "\r\n") + "\r\n\r\n";
    assertThat(exchange(text)).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void aRequestThatNeverEndsIsGivenUp() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nX-Slow: ".getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 408 ");
    }
    await().until(() -> server.open() == 0);
  }

  @Test
  void aHandlerThatFailsIsAnswered500AndTheServerLives() throws IOException {
    HttpServer failing =
        HttpServer.start(
            new InetSocketAddress("127.0.0.1", 0),
            LIMITS,
            request -> {
              throw new IllegalStateException("on purpose");
            });
    try (failing;
        Socket socket = new Socket("127.0.0.1", failing.address().getPort())) {
      for (int i = 0; i < 2; i++) {
        socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
        assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 500 ");
      }
    }
  }

  @Test
  void aCutAnswerEndsBeforeItsLength() throws IOException {
    next = next.deliveredBy(new Delivery.Cut(2));
    assertThat(exchange("GET / HTTP/1.1\r\n\r\n")).contains("Content-Length: 5").endsWith("\r\nhe");
  }

  @Test
  void aResetAnswerBreaksTheConnection() throws IOException {
    next = next.deliveredBy(new Delivery.Reset(0));
    try (Socket socket = connect()) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aMuteAnswerIsOnlyAClosedConnection() throws IOException {
    next = next.deliveredBy(new Delivery.Mute(Duration.ofMillis(50)));
    assertThat(exchange("GET / HTTP/1.1\r\n\r\n")).isEmpty();
  }

  @Test
  void garbageIsGivenAsItIs() throws IOException {
    next = next.deliveredBy(new Delivery.Garbage(new byte[] {1, 2, 3}));
    assertThat(exchange("GET / HTTP/1.1\r\n\r\n")).isEqualTo("\u0001\u0002\u0003");
  }

  @Test
  void aSlowBodyComesWhole() throws IOException {
    next = next.deliveredBy(new Delivery.Slow(200));
    assertThat(exchange("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).endsWith("\r\n\r\nhello");
  }

  @Test
  void aConnectionCanBeTakenOver() throws IOException {
    next =
        new Response(
            101,
            Headers.NONE.with("Upgrade", "echo").with("Connection", "Upgrade"),
            new byte[0],
            0,
            new Delivery.Upgrade((in, out) -> out.write(in.readNBytes(4))));
    String all = exchange("GET / HTTP/1.1\r\nUpgrade: echo\r\n\r\nping");
    assertThat(all).startsWith("HTTP/1.1 101 ").endsWith("\r\n\r\nping");
  }

  @Test
  void closingLetsTheAnswerOnItsWayFinish() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    HttpServer slow =
        HttpServer.start(
            new InetSocketAddress("127.0.0.1", 0),
            LIMITS,
            request -> {
              entered.countDown();
              try {
                leave.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Response.text(200, "text/plain", "late");
            });
    try (Socket socket = new Socket("127.0.0.1", slow.address().getPort())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      entered.await();
      Thread closer = Thread.ofVirtual().start(slow::close);
      leave.countDown();
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1)).endsWith("late");
      closer.join();
    }
    assertThat(slow.open()).isZero();
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() {
    assertThatThrownBy(() -> HttpServer.start(server.address(), LIMITS, this::handle))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(":" + server.address().getPort())
        .hasMessageContaining("choose another port");
  }
}
