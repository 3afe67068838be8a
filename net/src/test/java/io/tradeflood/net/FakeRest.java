package io.tradeflood.net;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.connector.Limit;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A connector without an exchange: {@code acme.rest}. */
record FakeRest(
    ConnectorContext context,
    String baseUrl,
    List<Limit> limits,
    Map<String, String> headers,
    Function<HttpReply, Optional<Failure>> judgement)
    implements RestConnector {

  static FakeRest at(String baseUrl, RestTransport transport, Limit... limits) {
    return new FakeRest(
        context("rest", Optional.empty(), transport),
        baseUrl,
        List.of(limits),
        Map.of(),
        _ -> Optional.empty());
  }

  private static ConnectorContext context(
      String name, Optional<URI> host, RestTransport transport) {
    return new ConnectorContext(
        "acme",
        name,
        "",
        host,
        _ -> Optional.empty(),
        new ConnectorContext.Services() {
          @Override
          public <S> S get(Class<S> type) {
            return type.cast(transport);
          }
        });
  }

  FakeRest host(String url) {
    return new FakeRest(
        context(context.name(), Optional.of(URI.create(url)), transport()),
        baseUrl,
        limits,
        headers,
        judgement);
  }

  FakeRest named(String name) {
    return new FakeRest(
        context(name, context.host(), transport()), baseUrl, limits, headers, judgement);
  }

  private RestTransport transport() {
    return context.services().get(RestTransport.class);
  }

  FakeRest judging(Function<HttpReply, Optional<Failure>> judgement) {
    return new FakeRest(context, baseUrl, limits, headers, judgement);
  }

  FakeRest with(Map<String, String> headers) {
    return new FakeRest(context, baseUrl, limits, headers, judgement);
  }

  @Override
  public Optional<Failure> failureIn(HttpReply reply) {
    return judgement.apply(reply);
  }

  /** What a turn that one request was planned for would do. */
  @SuppressWarnings("unchecked") // a request plans an effect, whose raw answer is HTTP's
  static <T> RestAct<T> act(Turn<T> turn) {
    return (RestAct<T>) ((Turn.Effect<HttpReply, T>) turn).act();
  }
}
