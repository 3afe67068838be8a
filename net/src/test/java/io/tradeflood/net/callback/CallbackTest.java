package io.tradeflood.net.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.live.Event;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedReader;
import io.tradeflood.live.FeedState;
import io.tradeflood.net.json.Payload;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What is posted to us, and who is let in. */
class CallbackTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private record Acme(ConnectorContext context, CallbackRules callbackRules)
      implements CallbackConnector {
    @Override
    public Optional<String> keyOf(byte[] body) {
      return Payload.of(body).text("id");
    }
  }

  private static Hooks hooks(Map<String, String> settings) {
    return new Hooks(
        new ServiceContext(
            ProxyScheme.direct(), () -> NOW, name -> Optional.ofNullable(settings.get(name))));
  }

  private static Hooks listening() {
    return hooks(Map.of("callback.listen", "127.0.0.1:0"));
  }

  private static Acme acme(Hooks hooks, CallbackRules rules, Map<String, String> settings) {
    return new Acme(
        new ConnectorContext(
            "acme",
            "alerts",
            "",
            Optional.empty(),
            name -> Optional.ofNullable(settings.get(name)),
            new ConnectorContext.Services() {
              @Override
              public <S> S get(Class<S> type) {
                return type.cast(hooks);
              }
            }),
        rules);
  }

  @SuppressWarnings("unchecked") // posts plan an effect of this kind
  private static Feed<String> listen(Acme acme) throws InterruptedException {
    Turn<Feed<String>> turn =
        acme.posts(body -> List.of(Payload.of(body).text("text").orElseThrow()));
    var act = (Hooks.Listening<String>) ((Turn.Effect<?, ?>) turn).act();
    return act.listen();
  }

  private static int post(Hooks hooks, String path, String body, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + hooks.port().getAsInt() + "/v1/hooks/" + path))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) request.headers(headers);
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static String text(String id, String text) {
    return "{\"id\":\"%s\",\"text\":\"%s\",\"secret\":\"hush\"}".formatted(id, text);
  }

  private static String row(FeedReader<String> reader) throws InterruptedException {
    return reader.poll(Duration.ofSeconds(20)).orElseThrow() instanceof Event.Data<String> data
        ? data.row()
        : "no row";
  }

  @Test
  void whatIsPostedIsReadOnceAndDuplicatesAreAnsweredWell() throws Exception {
    try (var hooks = listening()) {
      var feed = listen(acme(hooks, CallbackRules.open(), Map.of()));
      try (var reader = feed.read()) {
        assertThat(post(hooks, "acme", text("1", "hello"))).isEqualTo(200);
        assertThat(post(hooks, "acme", text("1", "hello"))).isEqualTo(200);
        assertThat(post(hooks, "acme", text("2", "world"))).isEqualTo(200);
        assertThat(reader.poll(Duration.ofSeconds(20)).orElseThrow())
            .isEqualTo(new Event.Status<String>(new FeedState.Connected(), NOW));
        assertThat(row(reader)).isEqualTo("hello");
        assertThat(row(reader)).isEqualTo("world");
      }
      assertThat(post(hooks, "other", text("1", "hello"))).isEqualTo(404);
      assertThat(post(hooks, "acme/secret", text("3", "hello"))).isEqualTo(403);
      assertThat(post(hooks, "acme", "x".repeat(70_000))).isEqualTo(413);
      ((AutoCloseable) feed).close();
      assertThat(post(hooks, "acme", text("4", "hello"))).isEqualTo(404);
    }
  }

  @Test
  void secretsAreAskedForInThePathAndInTheBody() throws Exception {
    try (var hooks = listening()) {
      var rules =
          CallbackRules.open().pathSecret("path-secret").bodySecret("secret", "body-secret");
      var secrets = Map.of("path-secret", "open-sesame", "body-secret", "hush");
      var feed = listen(acme(hooks, rules, secrets));
      try (var reader = feed.read()) {
        assertThat(post(hooks, "acme", text("1", "a"))).isEqualTo(403);
        assertThat(post(hooks, "acme/wrong", text("1", "a"))).isEqualTo(403);
        assertThat(post(hooks, "acme/open-sesame", text("1", "a").replace("hush", "no")))
            .isEqualTo(403);
        assertThat(post(hooks, "acme/open-sesame", "no JSON")).isEqualTo(403);
        assertThat(post(hooks, "acme/open-sesame", text("1", "a"))).isEqualTo(200);
        reader.poll(Duration.ofSeconds(20));
        assertThat(row(reader)).isEqualTo("a");
      }
      assertThatThrownBy(() -> listen(acme(hooks, rules, Map.of())))
          .hasMessageContaining("Callbacks of acme.alerts need the setting path-secret");
    }
  }

  @Test
  void signaturesAndTheirTimesAreChecked() throws Exception {
    try (var hooks = listening()) {
      var rules =
          CallbackRules.open()
              .signature(
                  CallbackRules.Signature.hex("X-Signature", "key")
                      .timed("X-Time", Duration.ofSeconds(30)));
      listen(acme(hooks, rules, Map.of("key", "k")));
      String body = text("1", "a");
      String now = Long.toString(NOW.getEpochSecond());
      String old = Long.toString(NOW.getEpochSecond() - 31);
      assertThat(post(hooks, "acme", body)).isEqualTo(401);
      assertThat(post(hooks, "acme", body, "X-Time", now, "X-Signature", mac("k", body)))
          .isEqualTo(401);
      assertThat(
              post(hooks, "acme", body, "X-Time", old, "X-Signature", mac("k", old + "." + body)))
          .isEqualTo(400);
      assertThat(
              post(
                  hooks,
                  "acme",
                  body,
                  "X-Time",
                  now,
                  "X-Signature",
                  "sha256=" + mac("k", now + "." + body)))
          .isEqualTo(200);
    }
  }

  private static String mac(String key, String signed) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void strangersAreKeptOutByTheirAddress() throws Exception {
    try (var hooks =
        hooks(Map.of("callback.listen", "127.0.0.1:0", "callback.proxy", "127.0.0.1"))) {
      listen(acme(hooks, CallbackRules.open().senders(List.of("52.89.214.238")), Map.of()));
      assertThat(post(hooks, "acme", text("1", "a"))).isEqualTo(403);
      assertThat(post(hooks, "acme", text("1", "a"), "X-Forwarded-For", "52.89.214.238, 10.0.0.1"))
          .isEqualTo(403);
      assertThat(post(hooks, "acme", text("1", "a"), "X-Forwarded-For", "1.2.3.4, 52.89.214.238"))
          .isEqualTo(200);
    }
  }

  @Test
  void withoutAnAddressToListenAtItIsSaid() {
    try (var hooks = hooks(Map.of())) {
      assertThatThrownBy(() -> listen(acme(hooks, CallbackRules.open(), Map.of())))
          .isInstanceOf(Failure.Unsupported.class)
          .hasMessageContaining("callback.listen");
    }
  }

  @Test
  void whereSomebodyElseListensTheWayOutIsSaid() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var hooks = hooks(Map.of("callback.listen", "127.0.0.1:" + other.getLocalPort()))) {
      assertThatThrownBy(() -> listen(acme(hooks, CallbackRules.open(), Map.of())))
          .isInstanceOf(Failure.Unsupported.class)
          .hasMessage(
              "Callbacks cannot be listened for at 127.0.0.1:%d: another program listens there: end it, or set callback.listen to another port",
              other.getLocalPort());
    }
    try (var hooks = hooks(Map.of("callback.listen", "192.0.2.1:0"))) {
      assertThatThrownBy(() -> listen(acme(hooks, CallbackRules.open(), Map.of())))
          .hasMessageContaining(
              "192.0.2.1:0: this machine has no such address: set callback.listen to one of its own");
    }
  }
}
