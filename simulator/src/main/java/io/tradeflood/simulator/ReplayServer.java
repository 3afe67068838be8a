package io.tradeflood.simulator;

import io.tradeflood.simulator.wire.HttpServer;
import io.tradeflood.simulator.wire.Query;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import io.tradeflood.simulator.wire.WireLimits;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A server of recorded answers: gives the given bodies for the given paths and remembers what it
 * was asked. The newest answer that fits wins; what fits none is answered with 404 and remembered
 * too.
 */
public final class ReplayServer implements AutoCloseable {
  private final List<Answer> answers = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private record Answer(Predicate<Request> when, Function<Request, Response> answer) {}

  private ReplayServer() {
    this.server =
        HttpServer.start(new InetSocketAddress("127.0.0.1", 0), WireLimits.DEFAULT, this::handle);
  }

  /** Starts one at a free port of loopback, without answers yet. */
  public static ReplayServer start() {
    return new ReplayServer();
  }

  /** {@code GET} of the path, whatever the parameters, gives this body in JSON. */
  public ReplayServer get(String path, String body) {
    return get(path, query -> true, body);
  }

  /** {@code GET} of the path with parameters that please gives this body in JSON. */
  public ReplayServer get(String path, Predicate<Query> parameters, String body) {
    return when(
        request ->
            request.method().equals("GET")
                && request.path().equals(path)
                && parameters.test(request.query()),
        request -> Response.json(200, body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Requests that please get whatever the function makes of them. */
  public ReplayServer when(Predicate<Request> pleases, Function<Request, Response> answer) {
    answers.addFirst(new Answer(pleases, answer));
    return this;
  }

  /** Where it is. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  /** What came, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Forgets what came. */
  public void forget() {
    requests.clear();
  }

  private Response handle(Request request) {
    requests.add(request);
    for (Answer answer : answers) {
      if (answer.when.test(request)) {
        return answer.answer.apply(request);
      }
    }
    return Response.text(
        404, "text/plain;charset=UTF-8", "No answer was recorded for " + request + "\n");
  }

  @Override
  public void close() {
    server.close();
  }
}
