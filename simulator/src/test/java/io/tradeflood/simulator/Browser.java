package io.tradeflood.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a simulator over HTTP, as anybody would. */
final class Browser implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final URI base;
  private final HttpClient client = HttpClient.newHttpClient();

  Browser(URI base) {
    this.base = base;
  }

  HttpResponse<String> send(String method, String target, String body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + target))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String target, String... headers) {
    try {
      return send("GET", target, "", headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of an answer that must be a good one. */
  JsonNode json(String target, String... headers) {
    HttpResponse<String> answer = get(target, headers);
    if (answer.statusCode() != 200) {
      throw new AssertionError(target + " gave " + answer.statusCode() + " " + answer.body());
    }
    return MAPPER.readTree(answer.body());
  }

  /** The {@code data} of a good answer of Bitget. */
  JsonNode data(String target) {
    JsonNode body = json(target);
    if (!body.get("code").asString().equals("00000")) {
      throw new AssertionError(target + " gave " + body);
    }
    return body.get("data");
  }

  /** Status and code of an error, like {@code 400 -1121}. */
  String error(String target, String... headers) {
    HttpResponse<String> answer = get(target, headers);
    JsonNode body = MAPPER.readTree(answer.body());
    return answer.statusCode() + " " + body.get("code").asString();
  }

  static List<JsonNode> rows(JsonNode list) {
    List<JsonNode> rows = new ArrayList<>();
    list.forEach(rows::add);
    return rows;
  }

  static List<Long> times(JsonNode list) {
    return rows(list).stream().map(row -> row.get(0).asLong()).toList();
  }

  static BigDecimal decimal(JsonNode text) {
    return new BigDecimal(text.asString());
  }

  @Override
  public void close() {
    client.close();
  }
}
