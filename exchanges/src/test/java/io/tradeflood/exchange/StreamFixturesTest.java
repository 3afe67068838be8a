package io.tradeflood.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.exchange.binance.BinanceStreamProbes;
import io.tradeflood.exchange.bitget.BitgetStreamProbes;
import io.tradeflood.live.FeedState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every recorded message of the built-in exchanges' streams, sent by a server and read by the real
 * transport, by connector and binding, gives the expected values. Skipped where the recorded
 * payloads are not beside the repository.
 */
class StreamFixturesTest {
  /** Of markets and versions that are not streamed here, by a part of the name. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "-inverse-", "COIN-M is not streamed",
          "binance-delivery", "COIN-M is not streamed",
          "european-options", "options are not built in",
          "barter-trade-usdm", "no stream of single trades of USD-M is documented",
          "jk-unified", "version 3 of Bitget is not streamed",
          "-v3-", "version 3 of Bitget is not streamed");

  /** Read by tests of their own below, or by those of the exchange. */
  private static final Set<String> APART =
      Set.of("ws/barter-ack.json", "ws/barter-trade-malformed.json", "ws/cf-binance-ws-1-0.txt.gz");

  /**
   * Expected with the matching engine's time, where others expect the event's, which is ours; one
   * example's times lie on no grid.
   */
  private static final Map<String, Set<String>> CONTRADICTED =
      Map.of(
          "ws/jk-usd-futures-book.json", Set.of("ts"),
          "ws/jk-usd-futures-book-ticker.json", Set.of("ts"),
          "ws/nt-depth-update-stream-usdm.json", Set.of("ts"),
          "ws/xc-binance-test-kline-event.json", Set.of("closeTs"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TestFactory
  Stream<DynamicTest> binanceSaysWhatIsExpected() throws IOException {
    return tests(
        "binance", StreamServer.BINANCE, BinanceStreamProbes.all(), StreamFixturesTest::combined);
  }

  @TestFactory
  Stream<DynamicTest> bitgetSaysWhatIsExpected() throws IOException {
    return tests(
        "bitget", StreamServer.BITGET, BitgetStreamProbes.all(), StreamFixturesTest::named);
  }

  @Test
  void noRecordedMessageIsLeftOutWithoutAReason() throws IOException {
    assertThat(inputs("binance")).isEqualTo(covered(BinanceStreamProbes.all()));
    assertThat(inputs("bitget")).isEqualTo(covered(BitgetStreamProbes.all()));
  }

  /** Answers as the recorded exchange did, word for word. */
  private record Recorded(String acknowledgement) implements StreamServer.Dialect {
    @Override
    public List<String> channels(JsonNode asked) {
      return StreamServer.BINANCE.channels(asked);
    }

    @Override
    public List<String> answers(JsonNode asked) {
      return List.of(acknowledgement);
    }
  }

  @Test
  void anAcknowledgementIsOne() throws Exception {
    Shared.list("binance", "EXPECTED.json");
    var acknowledgement = Shared.text("binance", "ws/barter-ack.json");

    try (var server = StreamServer.start(new Recorded(acknowledgement));
        var wiring = Wiring.streaming(server.url())) {
      // Comes back once the exchange's word was understood as that it has taken the channel.
      BinanceStreamProbes.malformed().watch().by(wiring);

      assertThat(server.channels(1)).containsExactly("ethusdt@trade");
    }
  }

  @Test
  void aMalformedTradeIsRefused() throws Exception {
    Shared.list("binance", "EXPECTED.json");
    var message = JSON.readTree(Shared.text("binance", "ws/barter-trade-malformed.json"));

    try (var server = StreamServer.start(StreamServer.BINANCE);
        var wiring = Wiring.streaming(server.url())) {
      var watched = BinanceStreamProbes.malformed().watch().by(wiring);
      server.say("ethusdt@trade", List.of(combined(message, "ethusdt@trade").toString()));

      assertThat(watched.said().soFar()).isEmpty();
      assertThat(watched.states())
          .filteredOn(FeedState.Desynced.class::isInstance)
          .singleElement()
          .asString()
          .contains("true or false");
    }
  }

  private static Set<String> inputs(String exchange) throws IOException {
    return recorded(exchange).stream()
        .map(entry -> entry.get("input").asString())
        .filter(input -> !APART.contains(input))
        .filter(input -> LEFT_OUT.keySet().stream().noneMatch(input::contains))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> covered(List<StreamProbe> probes) {
    return probes.stream().map(StreamProbe::input).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<JsonNode> recorded(String exchange) throws IOException {
    return Shared.list(exchange, "EXPECTED.json").stream()
        .filter(entry -> entry.get("input").asString().startsWith("ws/"))
        .filter(entry -> !entry.path("legacy").asBoolean(false))
        .toList();
  }

  private static Stream<DynamicTest> tests(
      String exchange,
      StreamServer.Dialect dialect,
      List<StreamProbe> probes,
      BiFunction<JsonNode, String, JsonNode> addressed)
      throws IOException {
    var entries =
        recorded(exchange).stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.get("input").asString() + entry.path("line").asString(""),
                    entry -> entry));
    return probes.stream()
        .map(
            probe ->
                DynamicTest.dynamicTest(
                    probe.input(),
                    () -> check(exchange, dialect, probe, entries.get(probe.input()), addressed)));
  }

  private static void check(
      String exchange,
      StreamServer.Dialect dialect,
      StreamProbe probe,
      JsonNode entry,
      BiFunction<JsonNode, String, JsonNode> addressed)
      throws Exception {
    List<Map<String, Object>> said;
    try (var server = StreamServer.start(dialect);
        var wiring = Wiring.streaming(server.url())) {
      var watched = probe.watch().by(wiring);
      String channel = server.channels(1).getFirst();
      var message = addressed.apply(JSON.readTree(Shared.text(exchange, probe.input())), channel);

      server.say(channel, List.of(message.toString()));

      said = watched.said().soFar();
    }
    var expected = entry.get("expected").valueStream().toList();
    assertThat(said).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++)
      Said.assertSays(
          entry.get("model").asString(),
          said.get(i),
          expected.get(i),
          CONTRADICTED.getOrDefault(probe.input(), Set.of()));
  }

  /** As a message of the channel: some were recorded without what names it, or in a list. */
  private static JsonNode combined(JsonNode recorded, String channel) {
    var data = recorded.has("data") ? recorded.get("data") : recorded;
    return JSON.createObjectNode()
        .put("stream", channel)
        .set("data", data.isArray() ? data.get(0) : data);
  }

  /** As a message of the channel: weeks were recorded as those that are not cut at UTC. */
  private static JsonNode named(JsonNode recorded, String channel) {
    String[] parts = channel.split("/");
    ((ObjectNode) recorded.get("arg"))
        .put("instType", parts[0])
        .put("channel", parts[1])
        .put("instId", parts[2]);
    return recorded;
  }
}
