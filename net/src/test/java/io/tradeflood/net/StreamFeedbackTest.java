package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Payload;
import io.tradeflood.net.stream.FakeExchange;
import io.tradeflood.net.stream.FakeStream;
import io.tradeflood.net.stream.StreamLimits;
import io.tradeflood.net.stream.StreamTransport;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What exchanges say to streams by Proxyter, it is told as it is told of requests. */
@Timeout(60)
class StreamFeedbackTest {
  private static final Map<String, String> SETTINGS =
      Map.of("net.tries", "1", "stream.back-off", "20ms");

  private FakeExchange exchange;
  private Loopback relay;
  private FakeProxyter proxyter;
  private FeedbackTest.Admin admin;

  @BeforeEach
  void open() throws Exception {
    exchange = FakeExchange.answering();
    relay = StreamRouteTest.relay(exchange.port());
    proxyter = FakeProxyter.to(relay);
    admin = new FeedbackTest.Admin();
  }

  @AfterEach
  void close() throws Exception {
    admin.close();
    proxyter.close();
    relay.close();
    exchange.close();
  }

  private interface Use {
    void of(StreamTransport streams) throws Exception;
  }

  private static void with(ProxyterAddress address, Use use) throws Exception {
    var scheme = ProxyScheme.via(new Route.Proxyter(address));
    try (var requests = Transports.by(scheme, SETTINGS)) {
      var streams = FakeStream.transport(scheme, SETTINGS, requests);
      try (var _ = (AutoCloseable) streams) {
        use.of(streams);
      }
    }
  }

  private ProxyterAddress withAdmin() {
    return proxyter.address().admin(admin.url(), Optional.of("token-1"));
  }

  private static void subscribe(StreamTransport streams) {
    FakeStream.run(
        FakeStream.at("ws://only-proxyter-knows.invalid", streams)
            .channel("a")
            .feed(JsonScanner::readLong));
  }

  private static String field(String line, String name) {
    return Payload.of(line.getBytes(StandardCharsets.UTF_8)).text(name).orElse("");
  }

  private String idOf(int tunnel) {
    return proxyter.asked.get(tunnel).replaceFirst(".*,id=([^,]*).*", "$1");
  }

  @Test
  void thatAStreamIsTakenIsToldAndThatItBreaks() throws Exception {
    with(
        withAdmin(),
        streams -> {
          subscribe(streams);
          admin.awaitLines(1);
          assertThat(field(admin.lines.getFirst(), "id")).isEqualTo(idOf(0));
          assertThat(field(admin.lines.getFirst(), "status")).isEqualTo("101");
          assertThat(admin.tokens).contains("Bearer token-1");
          exchange.next().cut();
          admin.awaitLines(3);
          assertThat(admin.lines.get(1)).contains("no answer, receive").doesNotContain("status");
          assertThat(field(admin.lines.get(1), "id")).isEqualTo(idOf(0));
          assertThat(field(admin.lines.get(2), "id")).isEqualTo(idOf(1)).isNotEqualTo(idOf(0));
        });
  }

  @ParameterizedTest
  @CsvSource({"403, ''", "451, ''", "429, 30", "418, 120"})
  void aRefusalOfTheHandshakeIsToldWithItsStatus(int status, String pause) throws Exception {
    exchange.refusal = status + " No";
    with(
        withAdmin(),
        streams -> {
          var asked =
              FakeStream.start(
                  FakeStream.at("ws://only-proxyter-knows.invalid", streams)
                      .channel("a")
                      .feed(JsonScanner::readLong));
          admin.awaitLines(1);
          var line = admin.lines.getFirst();
          assertThat(field(line, "id")).isEqualTo(idOf(0));
          assertThat(field(line, "status")).isEqualTo("" + status);
          assertThat(field(line, "retryAfter")).isEqualTo(pause);
          asked.cancel(true);
        });
  }

  @Test
  void aStreamThatIsGivenUpForItsSilenceIsToldAsBroken() throws Exception {
    with(
        withAdmin(),
        streams -> {
          var quick = StreamLimits.standard().quiet(Duration.ofMillis(100));
          FakeStream.run(
              FakeStream.at("ws://only-proxyter-knows.invalid", streams)
                  .limits(quick)
                  .channel("a")
                  .feed(JsonScanner::readLong));
          admin.awaitLines(2);
          assertThat(admin.lines.get(1)).contains("no answer, receive");
          assertThat(field(admin.lines.get(1), "id")).isEqualTo(idOf(0));
        });
  }

  @Test
  void aSecretThatProxyterDoesNotTakeIsToldAsItIsOfRequests() throws Exception {
    with(
        proxyter.address().secret("a-guess"),
        streams ->
            assertThatThrownBy(() -> subscribe(streams))
                .isInstanceOf(Failure.Unreachable.class)
                .hasMessageContaining("does not accept our secret")
                .hasMessageContaining(
                    "give its secret as in --proxyter http://SECRET@" + proxyter.address())
                .hasMessageNotContaining("a-guess"));
  }

  @Test
  void withoutAnAdminPortARefusalIsToldWithTheNextTunnel() throws Exception {
    with(
        proxyter.address(),
        streams -> {
          exchange.refusal = "403 No";
          assertThatThrownBy(() -> subscribe(streams)).isInstanceOf(Failure.Refused.class);
          exchange.refusal = "";
          subscribe(streams);
          assertThat(proxyter.asked.getFirst()).doesNotContain("fb=");
          assertThat(proxyter.asked.get(1)).endsWith(",fb=" + idOf(0) + "%3A403");
        });
  }
}
