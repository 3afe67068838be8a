package acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.live.Event;
import io.tradeflood.live.FeedReader;
import io.tradeflood.live.FeedState;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.callback.CallbackTransport;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AcmeLiveMoodsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String POLL =
      "{\"id\":\"p1\",\"symbol\":\"BTC-USDT\",\"time\":1767225600000,\"bulls\":\"0.62\",\"bears\":\"0.31\",\"word\":\"moon\"}";

  /** Posts as Acme does. */
  private static int post(int port, String key, String body) throws Exception {
    String time = Long.toString(NOW.getEpochSecond());
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/hooks/acme".formatted(port)))
            .timeout(Duration.ofSeconds(20))
            .header("X-Acme-Time", time)
            .header("X-Acme-Signature", HexFormat.of().formatHex(signature))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static Event<Mood> next(FeedReader<Mood> reader) throws Exception {
    return reader.poll(Duration.ofSeconds(20)).orElseThrow();
  }

  @Test
  void whatAcmeHasSignedIsToldOnce() throws Exception {
    var moods = Request.of("acme", Mood.class, new NowQuery(Symbol.of("BTC/USDT")));
    try (var flood =
            TradeFlood.builder()
                .clock(() -> NOW)
                .setting("", "callback.listen", "127.0.0.1:0")
                .setting("acme", "callbackKey", "hush")
                .build();
        var watch = flood.watch(List.of(moods));
        var reader = watch.feed(moods).read()) {
      assertThat(next(reader))
          .isInstanceOfSatisfying(
              Event.Status.class,
              status -> assertThat(status.state()).isEqualTo(new FeedState.Connected()));

      int port = flood.service(CallbackTransport.class).port().orElseThrow();
      assertThat(post(port, "guess", POLL)).isEqualTo(401);
      assertThat(post(port, "hush", POLL)).isEqualTo(200);
      assertThat(post(port, "hush", POLL)).isEqualTo(200);
      assertThat(post(port, "hush", POLL.replace("p1", "p2").replace("BTC", "ETH"))).isEqualTo(200);
      assertThat(post(port, "hush", POLL.replace("p1", "p3").replace("moon", "down")))
          .isEqualTo(200);

      assertThat(next(reader)).isInstanceOf(Event.Status.class);
      assertThat(next(reader))
          .isInstanceOfSatisfying(
              Event.Data.class,
              data ->
                  assertThat(data.row())
                      .isEqualTo(
                          new Mood(
                              NOW,
                              new BigDecimal("0.62"),
                              new BigDecimal("0.31"),
                              Optional.of("moon"))));
      assertThat(next(reader))
          .isInstanceOfSatisfying(
              Event.Data.class, data -> assertThat(((Mood) data.row()).word()).contains("down"));
    }
  }
}
