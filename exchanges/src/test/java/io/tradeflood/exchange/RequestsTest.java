package io.tradeflood.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.exchange.binance.BinanceRequests;
import io.tradeflood.exchange.bitget.BitgetRequests;
import io.tradeflood.simulator.ReplayServer;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.turn.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The requests that are recorded as good are the requests made, but for the order of parameters and
 * the choice of windows. Skipped where the recorded requests are not beside the repository.
 */
class RequestsTest {
  /** What another library chooses by its own lights. */
  private static final Set<String> WINDOW =
      Set.of("startTime", "endTime", "limit", "fromId", "pageSize", "pageNo");

  /** Recorded for what is no model here. */
  private static final Set<String> NO_MODEL =
      Set.of(
          "fetchLastPrices", "fetchLongShortRatioHistory", "fetchOption", "fetchFundingInterval");

  private static final ReplayServer SERVER = ReplayServer.start();
  private static final Wiring WIRING = new Wiring(SERVER.baseUrl());

  @AfterAll
  static void close() throws Exception {
    WIRING.close();
    SERVER.close();
  }

  @TestFactory
  Stream<DynamicTest> binanceIsAskedAsRecorded() throws IOException {
    return tests("binance", BinanceRequests.all());
  }

  @TestFactory
  Stream<DynamicTest> bitgetIsAskedAsRecorded() throws IOException {
    return tests("bitget", BitgetRequests.all());
  }

  @Test
  void noRecordedRequestIsLeftOut() throws IOException {
    for (String exchange : List.of("binance", "bitget")) {
      var asked = exchange.equals("binance") ? BinanceRequests.all() : BitgetRequests.all();
      var lines =
          asked.keySet().stream()
              .map(RequestsTest::withoutWindow)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(recorded(exchange).stream().map(RequestsTest::withoutWindow)).isSubsetOf(lines);
    }
  }

  private static List<String> recorded(String exchange) throws IOException {
    return Shared.list(exchange, "REQUESTS.json").stream()
        .filter(entry -> !NO_MODEL.contains(entry.get("method").asString()))
        .map(entry -> entry.get("url").asString())
        .filter(url -> !url.startsWith("https://eapi.")) // options
        .toList();
  }

  private static Stream<DynamicTest> tests(String exchange, Map<String, Probe.Ask> asked)
      throws IOException {
    List<JsonNode> shared = Shared.list(exchange, "REQUESTS.json");
    assertThat(shared).isNotEmpty();
    return asked.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry)));
  }

  private static void check(Map.Entry<String, Probe.Ask> entry) throws Exception {
    SERVER.forget();
    try {
      entry.getValue().by(WIRING);
    } catch (Failure.Refused nothingRecorded) {
      // the server has no answers, only ears
    }
    assertThat(SERVER.requests().stream().map(RequestsTest::withoutWindow))
        .contains(withoutWindow(entry.getKey()));
  }

  private static String withoutWindow(Request request) {
    var parameters = new TreeMap<String, String>();
    request.query().parameters().forEach(p -> parameters.put(p.name(), p.value()));
    return line(request.path(), parameters);
  }

  private static String withoutWindow(String url) {
    var uri = URI.create(url);
    var parameters = new TreeMap<String, String>();
    if (uri.getRawQuery() != null)
      for (String parameter : uri.getRawQuery().split("&")) {
        String[] both = parameter.split("=", 2);
        parameters.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
      }
    return line(uri.getPath(), parameters);
  }

  /** Path and parameters, sorted, without those that tell a window. */
  private static String line(String path, Map<String, String> sorted) {
    sorted.keySet().removeAll(WINDOW);
    return path + sorted;
  }
}
