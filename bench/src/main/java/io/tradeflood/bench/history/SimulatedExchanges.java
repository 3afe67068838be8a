package io.tradeflood.bench.history;

import io.tradeflood.bench.Child;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exchanges at work in a process of their own, and what they count. Confined to one thread. */
final class SimulatedExchanges implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Child child;
  private final URI baseUrl;
  private final HttpClient client = HttpClient.newHttpClient();

  private SimulatedExchanges(Child child) throws IOException, InterruptedException {
    this.child = child;
    this.baseUrl = URI.create(child.line());
  }

  /**
   * Starts them.
   *
   * @param latency how long every answer waits
   * @param limits whether those beyond the exchanges' limits are refused
   */
  static SimulatedExchanges start(Duration latency, boolean limits)
      throws IOException, InterruptedException {
    var arguments = List.of(Long.toString(latency.toMillis()), Boolean.toString(limits));
    var child = Child.start(SimulatorChild.class, arguments);
    try {
      return new SimulatedExchanges(child);
    } catch (IOException | RuntimeException broken) {
      child.close();
      throw broken;
    }
  }

  /**
   * What was counted since the last reset.
   *
   * @param requests all that came
   * @param refused those that came too often: 429 and 418
   * @param failed those refused for any other reason
   * @param used by the name of the limit, what all requests together took from it
   * @param limits the same, how much a window holds
   * @param windows the same, what each window held, by its start
   */
  record Counts(
      long requests,
      long refused,
      long failed,
      Map<String, Long> used,
      Map<String, Long> limits,
      Map<String, TreeMap<Instant, Long>> windows) {

    long used(Venue venue) {
      return used.getOrDefault(venue.limit(), 0L);
    }

    long limit(Venue venue) {
      return limits.getOrDefault(venue.limit(), 0L);
    }

    TreeMap<Instant, Long> windows(Venue venue) {
      return windows.getOrDefault(venue.limit(), new TreeMap<>());
    }
  }

  URI baseUrl() {
    return baseUrl;
  }

  Duration cpu() {
    return child.cpu();
  }

  Counts counts() throws IOException, InterruptedException {
    JsonNode stats = JSON.readTree(send(request("stats").build()));
    long refused = 0;
    long failed = 0;
    for (var status : stats.get("statuses").properties()) {
      if (List.of("429", "418").contains(status.getKey())) refused += status.getValue().asLong();
      else if (!status.getKey().equals("200")) failed += status.getValue().asLong();
    }
    var counts =
        new Counts(
            stats.get("requests").asLong(),
            refused,
            failed,
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>());
    for (var limit : stats.get("limits")) {
      String name = limit.get("name").asString();
      counts.used.put(name, limit.get("used").asLong());
      counts.limits.put(name, limit.get("limit").asLong());
      var windows = new TreeMap<Instant, Long>();
      for (var window : limit.get("windows").properties())
        windows.put(Instant.parse(window.getKey()), window.getValue().asLong());
      counts.windows.put(name, windows);
    }
    return counts;
  }

  /** Forgets what was counted. */
  void reset() throws IOException, InterruptedException {
    send(request("reset").POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String what) {
    return HttpRequest.newBuilder(baseUrl.resolve("/_simulator/" + what));
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200)
      throw new IllegalStateException(
          "the simulator answered %s with %d".formatted(request.uri(), answer.statusCode()));
    return answer.body();
  }

  @Override
  public void close() throws IOException {
    client.close();
    child.close();
  }
}
