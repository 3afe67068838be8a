package io.tradeflood.proxyter.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.proxyter.Proxyter;
import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.event.Journal;
import io.tradeflood.proxyter.gateway.Gateway;
import io.tradeflood.proxyter.health.Watcher;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole Proxyter on free ports of this machine, with a target that sends back what it gets. */
final class AdminFixture implements AutoCloseable {
  static final String PORTS =
      "listen: {address: '127.0.0.1:0'}\n"
          + "direct: {allowPrivate: true}\n"
          + "origins: {home: {hosts: ['127.0.0.1']}}\n";
  static final String TOKEN = "operator-token";
  static final String WITH_TOKEN = "admin: {address: '127.0.0.1:0', token: " + TOKEN + "}\n";
  static final String OPEN = "admin: {address: '127.0.0.1:0'}\n";
  static final JsonMapper JSON = JsonMapper.builder().build();

  final Configuration configuration;
  final Journal journal;
  final Watcher watcher;
  final Gateway gateway;
  final Admin admin;
  private final Proxyter proxyter;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ServerSocket target;
  private final List<Socket> sockets = new ArrayList<>();

  AdminFixture(String document) {
    configuration = Configuration.of(PORTS + document);
    proxyter = Proxyter.start(configuration);
    journal = proxyter.journal();
    watcher = proxyter.watcher();
    gateway = proxyter.gateway();
    admin = proxyter.admin();
    try {
      target = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::echo);
  }

  private void echo() {
    while (true)
      try {
        Socket socket = target.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (socket) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                  } catch (IOException _) {
                    // Whoever was there has left.
                  }
                });
      } catch (IOException _) {
        return;
      }
  }

  String target() {
    return "127.0.0.1:" + target.getLocalPort();
  }

  /** Opens a tunnel to the target; the socket stays open until the end. */
  Socket tunnel(String payloadAndSecret) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(30_000);
    sockets.add(socket);
    String basic =
        Base64.getEncoder().encodeToString(payloadAndSecret.getBytes(StandardCharsets.UTF_8));
    socket
        .getOutputStream()
        .write(
            "CONNECT %s HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic %s\r\n\r\n"
                .formatted(target(), basic)
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 200 ");
    return socket;
  }

  static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) break;
      head.append((char) b);
    }
    return head.toString();
  }

  /** What came back. */
  record Answer(int status, java.net.http.HttpHeaders headers, String text) {
    JsonNode json() {
      return JSON.readTree(text);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    Answer is(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }

    /** A problem in one sentence. */
    String problem(int expected) {
      is(expected);
      assertThat(header("content-type")).isEqualTo("application/problem+json");
      assertThat(json().get("status").asInt()).isEqualTo(expected);
      String detail = json().get("detail").asString();
      assertThat(detail).doesNotContain("\n").isNotBlank();
      return detail;
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  /**
   * With the operators' token unless a header says otherwise, as JSON unless one says otherwise.
   */
  Answer send(String method, String path, String body, String... headers) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path));
    request.timeout(Duration.ofSeconds(40));
    request.method(
        method,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    List<String> given = List.of(headers);
    if (!given.contains("authorization")
        && configuration.state().settings().admin().token().isPresent())
      request.header("authorization", "Bearer " + TOKEN);
    if (!body.isEmpty() && !given.contains("content-type"))
      request.header("content-type", "application/json");
    for (int i = 0; i < headers.length; i += 2)
      if (!headers[i + 1].isEmpty()) request.header(headers[i], headers[i + 1]);
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What comes back for these very bytes, up to the end of the connection. */
  String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), admin.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static void until(BooleanSupplier holds) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(holds::getAsBoolean);
  }

  @Override
  public void close() {
    proxyter.close();
    try {
      target.close();
      for (Socket socket : sockets) socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    http.close();
  }
}
