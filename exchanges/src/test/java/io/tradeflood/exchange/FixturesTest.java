package io.tradeflood.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.exchange.binance.BinanceProbes;
import io.tradeflood.exchange.bitget.BitgetProbes;
import io.tradeflood.simulator.ReplayServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Every recorded payload of the built-in exchanges, served where it was recorded and read through
 * transport, connector and binding, gives the expected values. Skipped where the recorded payloads
 * are not beside the repository.
 */
class FixturesTest {
  /** No model: the price of the last trade alone. */
  private static final Set<String> NO_MODEL =
      Set.of("rest/jk-coin-futures-get-prices.json", "rest/jk-usd-futures-get-price.json");

  /**
   * The same payload as barter's, expected with the matching engine's time where that and all
   * others expect the event's. Ours is the event's.
   */
  private static final Map<String, Set<String>> CONTRADICTED =
      Map.of("rest/jk-usd-futures-get-order-book.json", Set.of("ts"));

  private static final ReplayServer SERVER = ReplayServer.start();
  private static final Wiring WIRING = new Wiring(SERVER.baseUrl(), Map.of("apiKey", "none"));

  @AfterAll
  static void close() throws Exception {
    WIRING.close();
    SERVER.close();
  }

  @TestFactory
  Stream<DynamicTest> binanceSaysWhatIsExpected() throws IOException {
    return tests("binance", BinanceProbes.all());
  }

  @TestFactory
  Stream<DynamicTest> bitgetSaysWhatIsExpected() throws IOException {
    return tests("bitget", BitgetProbes.all());
  }

  @Test
  void noRecordedPayloadIsLeftOut() throws IOException {
    assertThat(inputs("binance")).isEqualTo(covered(BinanceProbes.all()));
    assertThat(inputs("bitget")).isEqualTo(covered(BitgetProbes.all()));
  }

  private static Set<String> inputs(String exchange) throws IOException {
    return recorded(exchange).stream()
        .map(entry -> entry.get("input").asString())
        .filter(input -> !NO_MODEL.contains(input))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> covered(List<Probe> probes) {
    return probes.stream().map(Probe::input).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<JsonNode> recorded(String exchange) throws IOException {
    return Shared.list(exchange, "EXPECTED.json").stream()
        .filter(entry -> entry.get("input").asString().startsWith("rest/"))
        .filter(entry -> !entry.path("legacy").asBoolean(false))
        .toList();
  }

  private static Stream<DynamicTest> tests(String exchange, List<Probe> probes) throws IOException {
    var entries = recorded(exchange);
    return probes.stream()
        .map(
            probe ->
                DynamicTest.dynamicTest(
                    probe.input(),
                    () ->
                        check(
                            exchange,
                            probe,
                            entries.stream()
                                .filter(e -> e.get("input").asString().equals(probe.input()))
                                .findFirst()
                                .orElseThrow())));
  }

  private static void check(String exchange, Probe probe, JsonNode entry) throws Exception {
    serve(probe, Shared.text(exchange, probe.input()));
    var said = probe.ask().by(WIRING);
    assertThat(said).isNotEmpty();
    if (!probe.input().endsWith(".txt.gz") && entry.path("expected").isArray())
      compare(entry, said);
  }

  /** Recordings hold whole requests, one a line: {@code URL -> time: body}. */
  private static void serve(Probe probe, String text) {
    if (!probe.input().endsWith(".txt.gz")) {
      SERVER.get(probe.path(), text);
      return;
    }
    text.lines()
        .filter(line -> line.startsWith("https://"))
        .forEach(
            line -> {
              var url = java.net.URI.create(line.substring(0, line.indexOf(" -> ")));
              String body = line.substring(line.indexOf(": ", line.indexOf(" -> ")) + 2);
              String query = url.getRawQuery() == null ? "" : url.getRawQuery();
              SERVER.get(
                  url.getPath(),
                  asked ->
                      asked.parameters().stream()
                          .map(p -> p.name() + "=" + p.value())
                          .collect(Collectors.toSet())
                          .equals(query.isEmpty() ? Set.of() : Set.of(query.split("&"))),
                  body);
            });
  }

  private static void compare(JsonNode entry, List<Map<String, Object>> said) {
    String model = entry.get("model").asString();
    var expected = new ArrayList<>(entry.get("expected").valueStream().toList());
    var sorted = new ArrayList<>(said);
    if (entry.path("order").asString("").equals("ascending time"))
      sorted.sort(Comparator.comparing(row -> (java.math.BigDecimal) row.get("ts")));
    assertThat(sorted).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++)
      Said.assertSays(
          model,
          sorted.get(i),
          expected.get(i),
          CONTRADICTED.getOrDefault(entry.get("input").asString(), Set.of()));
  }
}
