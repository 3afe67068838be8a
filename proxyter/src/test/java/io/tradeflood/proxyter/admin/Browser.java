package io.tradeflood.proxyter.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page in Chromium without a window, told what to do by its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path profile;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

  /** The addresses of everything that the page has asked for. */
  final Queue<String> requested = new ConcurrentLinkedQueue<>();

  /** What went wrong in the page. */
  final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  /** Where Chromium is on this machine; empty if it is not. */
  static Optional<Path> program() {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser(Path program) throws IOException, InterruptedException {
    profile = Files.createTempDirectory("page-test");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    String port = port();
    String page = pageAddress(port);
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page), new Listener())
            .orTimeout(20, TimeUnit.SECONDS)
            .join();
    for (String domain : List.of("Page", "Runtime", "Network", "Log"))
      tell(domain + ".enable", Map.of());
  }

  private String port() throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String start = "DevTools listening on ws://127.0.0.1:";
    for (String line = lines.readLine(); line != null; line = lines.readLine())
      if (line.startsWith(start)) {
        // Read on, so that it never waits for somebody to take what it says.
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return line.substring(start.length(), line.indexOf('/', start.length()));
      }
    throw new IOException("Chromium ended before it said where to talk to it");
  }

  private String pageAddress(String port) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    String list = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    for (JsonNode target : JSON.readTree(list))
      if (target.get("type").asString().equals("page"))
        return target.get("webSocketDebuggerUrl").asString();
    throw new IOException("Chromium has no page");
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        hear(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void hear(JsonNode message) {
    if (message.has("id")) {
      var waiting = asked.remove(message.get("id").asInt());
      if (waiting != null) waiting.complete(message);
      return;
    }
    switch (message.path("method").asString("")) {
      case "Network.requestWillBeSent" ->
          requested.add(message.at("/params/request/url").asString());
      case "Runtime.exceptionThrown" ->
          complaints.add(message.at("/params/exceptionDetails").toString());
      case "Log.entryAdded" -> {
        JsonNode entry = message.at("/params/entry");
        if (entry.path("level").asString("").equals("error")) complaints.add(entry.toString());
      }
      default -> {}
    }
  }

  JsonNode tell(String method, Map<String, ?> parameters) {
    int number = numbers.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    asked.put(number, answer);
    socket
        .sendText(
            JSON.writeValueAsString(Map.of("id", number, "method", method, "params", parameters)),
            true)
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
    JsonNode whole = answer.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(whole.has("error")).as(method + " " + whole).isFalse();
    return whole.get("result");
  }

  void open(String url) {
    tell("Page.navigate", Map.of("url", url));
  }

  /** What an expression gives in the page. */
  JsonNode eval(String expression) {
    JsonNode result =
        tell(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    assertThat(result.has("exceptionDetails")).as(expression + ": " + result).isFalse();
    return result.at("/result/value");
  }

  String text(String expression) {
    return eval(expression).asString("");
  }

  void until(String condition) {
    await()
        .alias(condition)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(40))
        .until(() -> eval("Boolean(" + condition + ")").asBoolean());
  }

  /** Types into what has the focus. */
  void type(String words) {
    tell("Input.insertText", Map.of("text", words));
  }

  void press(String key, int code) {
    for (String kind : List.of("keyDown", "keyUp"))
      tell(
          "Input.dispatchKeyEvent",
          key.equals("Enter") && kind.equals("keyDown")
              ? Map.of(
                  "type",
                  kind,
                  "key",
                  key,
                  "code",
                  key,
                  "windowsVirtualKeyCode",
                  code,
                  "text",
                  "\r")
              : Map.of("type", kind, "key", key, "code", key, "windowsVirtualKeyCode", code));
  }

  void size(int width, int height) {
    tell(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void scheme(String lightOrDark) {
    tell(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
  }

  /** Keeps what is seen, for people to look at. */
  byte[] picture(String name) throws IOException {
    JsonNode shot =
        tell("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    byte[] png = Base64.getDecoder().decode(shot.get("data").asString());
    Path folder = Files.createDirectories(Path.of("target", "page"));
    Files.write(folder.resolve(name + ".png"), png);
    return png;
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    http.shutdownNow();
    // What it wrote at the very end may appear while the rest is taken away.
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              try (var files = Files.walk(profile)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList())
                  Files.deleteIfExists(file);
              } catch (IOException _) {
                return false;
              }
              return !Files.exists(profile);
            });
  }
}
