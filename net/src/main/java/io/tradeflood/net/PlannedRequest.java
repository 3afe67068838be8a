package io.tradeflood.net;

import io.tradeflood.net.Errand.Taking;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A request as connectors write it down. */
record PlannedRequest(
    HttpTransport transport,
    RestConnector connector,
    String path,
    List<Parameter> parameters,
    List<Parameter> ownHeaders,
    List<Taking> takings,
    Duration hold)
    implements RestRequest {

  /** A name and its value, as they will be written but for the encoding. */
  record Parameter(String name, String value) {}

  PlannedRequest(HttpTransport transport, RestConnector connector, String path) {
    this(transport, connector, path, List.of(), List.of(), List.of(), Duration.ZERO);
    if (!path.startsWith("/"))
      throw new Failure.Bug(
          "The path of a request must start with a slash, was %s for %s"
              .formatted(path, connector.context().hostName()));
  }

  @Override
  public RestRequest query(String name, Object value) {
    return text(value)
        .<RestRequest>map(
            text ->
                new PlannedRequest(
                    transport,
                    connector,
                    path,
                    and(parameters, new Parameter(name, text)),
                    ownHeaders,
                    takings,
                    hold))
        .orElse(this);
  }

  private static Optional<String> text(Object value) {
    return switch (value) {
      case Optional<?> maybe -> maybe.flatMap(PlannedRequest::text);
      case OptionalInt maybe ->
          maybe.isPresent() ? Optional.of("" + maybe.getAsInt()) : Optional.empty();
      case OptionalLong maybe ->
          maybe.isPresent() ? Optional.of("" + maybe.getAsLong()) : Optional.empty();
      case OptionalDouble maybe ->
          maybe.isPresent() ? Optional.of("" + maybe.getAsDouble()) : Optional.empty();
      case Instant moment -> Optional.of("" + moment.toEpochMilli());
      default -> Optional.of(value.toString());
    };
  }

  @Override
  public RestRequest header(String name, String value) {
    return new PlannedRequest(
        transport,
        connector,
        path,
        parameters,
        and(ownHeaders, new Parameter(name, value)),
        takings,
        hold);
  }

  /** The same, the answer to which the exchange may hold back so much longer. */
  PlannedRequest held(Duration longest) {
    return new PlannedRequest(transport, connector, path, parameters, ownHeaders, takings, longest);
  }

  @Override
  public RestRequest cost(String limit, long amount) {
    var limits = connector.limits();
    var named =
        limits.stream()
            .filter(l -> l.name().equals(limit))
            .findFirst()
            .orElseThrow(
                () ->
                    new Failure.Bug(
                        "%s has no limit named %s: its limits are %s"
                            .formatted(
                                connector.context().hostName(),
                                limit,
                                limits.stream()
                                    .map(l -> l.name())
                                    .collect(Collectors.joining(", ", "[", "]")))));
    if (amount < 0 || amount > named.capacity())
      throw new Failure.Bug(
          "A call of %s must take between 0 and the %d that the limit %s holds, was %d"
              .formatted(connector.context().hostName(), named.capacity(), limit, amount));
    return new PlannedRequest(
        transport,
        connector,
        path,
        parameters,
        ownHeaders,
        and(takings, new Taking(named, amount)),
        hold);
  }

  @Override
  public <T> Turn<T> as(Class<T> record) {
    return turn(Reading.as(record));
  }

  @Override
  public <T> Turn<List<T>> asList(Class<T> row) {
    return turn(Reading.asList(row));
  }

  @Override
  public <T> Turn<T> read(Reader<T> reader) {
    return turn(Reading.by(reader));
  }

  private <T> Turn<T> turn(Reading<T> reading) {
    return Turn.of(new RestAct<>(this, reading));
  }

  /** The request as it is when it is sent for a call of the type. */
  Errand errand(RequestType type) {
    return new Errand(
        connector,
        type,
        address(),
        address().path() + UrlText.path(path) + query(false),
        address().path() + UrlText.path(path) + query(true),
        headers(),
        transport.isPlayed() ? List.of() : takings,
        Egress.of(transport.route(type), type).getFirst(),
        hold);
  }

  private Address address() {
    var context = connector.context();
    var own = Address.of(java.net.URI.create(connector.baseUrl()), context.hostName());
    return context
        .host()
        .map(host -> Address.of(host, context.hostName()).inPlaceOf(own))
        .orElse(own);
  }

  private String query(boolean shown) {
    if (parameters.isEmpty()) return "";
    return parameters.stream()
        .map(
            p ->
                UrlText.query(p.name())
                    + "="
                    + (shown && UrlText.isSecret(p.name()) ? "***" : UrlText.query(p.value())))
        .collect(Collectors.joining("&", "?", ""));
  }

  private Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    connector.headers().forEach((name, value) -> headers.put(lower(name), value));
    ownHeaders.forEach(header -> headers.put(lower(header.name()), header.value()));
    return Map.copyOf(headers);
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  private static <E> List<E> and(List<E> list, E one) {
    var longer = new ArrayList<>(list);
    longer.add(Objects.requireNonNull(one));
    return List.copyOf(longer);
  }
}
