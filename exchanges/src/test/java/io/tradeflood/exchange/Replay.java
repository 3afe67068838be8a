package io.tradeflood.exchange;

import io.tradeflood.simulator.ReplayServer;
import io.tradeflood.simulator.wire.Query;
import io.tradeflood.simulator.wire.Response;
import io.tradeflood.turn.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A wired library and a server of golden payloads, for a class of tests. */
public final class Replay implements BeforeEachCallback, AfterAllCallback {
  private final ReplayServer server = ReplayServer.start();
  private final Wiring wiring;

  public Replay(Map<String, String> settings) {
    wiring = new Wiring(server.baseUrl(), settings);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    server.forget();
    server.when(
        _ -> true,
        request -> Response.text(404, "text/plain", "nothing is recorded for " + request));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    wiring.close();
    server.close();
  }

  /** Serves a golden payload, such as {@code binance/rest/time}, whatever the parameters. */
  public void serve(String path, String golden) {
    serve(path, _ -> true, golden);
  }

  /** Serves a golden payload where the parameters please. */
  public void serve(String path, Predicate<Query> parameters, String golden) {
    server.get(path, parameters, Golden.text(golden + ".json"));
  }

  /** Serves a text where the parameters please. */
  public void serveText(String path, Predicate<Query> parameters, String body) {
    server.get(path, parameters, body);
  }

  /** Serves a golden payload with a status other than 200. */
  public void fail(String path, int status, String golden) {
    byte[] body = Golden.text(golden + ".json").getBytes(StandardCharsets.UTF_8);
    server.when(request -> request.path().equals(path), _ -> Response.json(status, body));
  }

  public Wiring wiring() {
    return wiring;
  }

  public <T> T run(Turn<T> turn) throws InterruptedException {
    return wiring.run(turn);
  }

  /** What was asked, in its order: path and parameters, decoded. */
  public List<String> asked() {
    return server.requests().stream()
        .map(
            request ->
                request.path()
                    + request.query().parameters().stream()
                        .map(p -> p.name() + "=" + p.value())
                        .collect(Collectors.joining("&", "?", "")))
        .toList();
  }

  /** The value of a header of the last request. */
  public String header(String name) {
    return server.requests().getLast().headers().first(name).orElse("");
  }
}
