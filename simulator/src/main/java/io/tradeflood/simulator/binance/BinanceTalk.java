package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.stream.Dialect;
import io.tradeflood.simulator.stream.Outlet;
import io.tradeflood.simulator.stream.Rules;
import io.tradeflood.simulator.stream.Session;
import io.tradeflood.simulator.stream.Source;
import io.tradeflood.simulator.stream.Subscription;
import io.tradeflood.simulator.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is said on one connection with streams of Binance. A stream that nobody knows, and one on
 * the wrong route, is subscribed to without complaint and stays silent.
 */
final class BinanceTalk implements Dialect {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String METHODS =
      "`SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`";

  private final BinanceStreams streams;
  private final Optional<BinanceStreams.Route> route;
  private final List<String> first;
  private final Rules rules;
  private final String path;
  private boolean combined;

  /**
   * @param route the route of the connection, where there are two
   * @param first the streams named by the address
   * @param combined whether messages are wrapped
   */
  BinanceTalk(
      BinanceStreams streams,
      Optional<BinanceStreams.Route> route,
      List<String> first,
      boolean combined,
      Rules rules) {
    this.streams = streams;
    this.route = route;
    this.first = first;
    this.combined = combined;
    this.rules = rules;
    this.path = route.isPresent() ? "/binance/usdm" : "/binance/spot";
  }

  /** A refusal in the exchange's words. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int code;

    Refusal(int code, String message) {
      super(message, null, false, false);
      this.code = code;
    }
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Rules rules() {
    return rules;
  }

  @Override
  public void opened(Session session) {
    for (String name : first) {
      if (!name.isEmpty() && !session.refuses(name)) {
        subscribe(session, name);
      }
    }
  }

  private void subscribe(Session session, String name) {
    if (session.has(name)) {
      return;
    }
    if (session.size() >= rules.streams()) {
      session.close(1008, "Too many streams");
      return;
    }
    boolean carried = route.isEmpty() || route.get() == BinanceStreams.route(name);
    Source source =
        (carried ? streams.find(name, session.now()) : Optional.<Source>empty())
            .orElse(Silence.EVER);
    session.subscribe(name, name, source);
  }

  /** What says nothing. */
  private enum Silence implements Source {
    EVER;

    @Override
    public long due() {
      return NEVER;
    }

    @Override
    public void say(long time, Outlet outlet) {
      throw new IllegalStateException("Silence is never due");
    }
  }

  @Override
  public void heard(Session session, String text) {
    JsonNode request;
    try {
      request = MAPPER.readTree(text);
    } catch (JacksonException e) {
      refuse(session, new Refusal(3, "Invalid JSON: expected value at line 1 column 1"), null);
      return;
    }
    JsonNode id = request.get("id");
    try {
      answer(session, request, id);
    } catch (Refusal e) {
      refuse(session, e, id);
    }
  }

  private void answer(Session session, JsonNode request, @Nullable JsonNode id) {
    if (!request.isObject()) {
      throw new Refusal(2, "Invalid request: request must be a JSON object");
    }
    if (id != null && !id.isNull() && !id.isIntegralNumber() && !id.isString()) {
      throw new Refusal(2, "Invalid request: request ID must be an unsigned integer");
    }
    if (!request.path("method").isString()) {
      throw new Refusal(2, "Invalid request: missing field `method`");
    }
    String method = request.path("method").asString();
    switch (method) {
      case "SUBSCRIBE" -> {
        List<String> names = names(request);
        names.stream()
            .filter(session::refuses)
            .findFirst()
            .ifPresent(
                name -> {
                  throw new Refusal(2, "Invalid request: stream " + name + " is refused");
                });
        names.forEach(name -> subscribe(session, name));
        result(session, "null", id);
      }
      case "UNSUBSCRIBE" -> {
        names(request).forEach(session::unsubscribe);
        result(session, "null", id);
      }
      case "LIST_SUBSCRIPTIONS" -> {
        Json list = new Json().beginArray();
        session.subscriptions().forEach(stream -> list.value(stream.name()));
        result(session, list.endArray().toString(), id);
      }
      case "SET_PROPERTY" -> {
        property(request);
        JsonNode value = request.path("params").path(1);
        if (!value.isBoolean()) {
          throw new Refusal(1, "Invalid value type: expected Boolean");
        }
        combined = value.asBoolean();
        result(session, "null", id);
      }
      case "GET_PROPERTY" -> {
        property(request);
        result(session, Boolean.toString(combined), id);
      }
      default ->
          throw new Refusal(
              2,
              "Invalid request: unknown variant `%s`, expected one of %s"
                  .formatted(method, METHODS));
    }
  }

  private static List<String> names(JsonNode request) {
    JsonNode params = request.path("params");
    if (!params.isArray()) {
      throw new Refusal(2, "Invalid request: missing field `params`");
    }
    List<String> names = new ArrayList<>();
    for (JsonNode name : params) {
      if (!name.isString()) {
        throw new Refusal(2, "Invalid request: stream name must be a string");
      }
      names.add(name.asString());
    }
    return names;
  }

  private static void property(JsonNode request) {
    JsonNode name = request.path("params").path(0);
    if (!name.isString()) {
      throw new Refusal(2, "Invalid request: property name must be a string");
    }
    if (!name.asString().equals("combined")) {
      throw new Refusal(0, "Unknown property");
    }
  }

  private static void result(Session session, String result, @Nullable JsonNode id) {
    session.tell("{\"result\":" + result + ",\"id\":" + (id == null ? "null" : id) + "}");
  }

  private static void refuse(Session session, Refusal refusal, @Nullable JsonNode id) {
    String json =
        new Json()
            .beginObject()
            .field("code", refusal.code)
            .field("msg", String.valueOf(refusal.getMessage()))
            .toString();
    session.tell(json + (id == null ? "}" : ",\"id\":" + id + "}"));
  }

  @Override
  public void beforeMessage(Json json, Subscription subscription) {
    if (combined) {
      json.beginObject().field("stream", subscription.name()).name("data");
    }
  }

  @Override
  public void afterMessage(Json json, Subscription subscription) {
    if (combined) {
      json.endObject();
    }
  }

  @Override
  public void closingSoon(Session session) {
    Json json = new Json();
    if (combined) {
      json.beginObject().field("stream", "!serverShutdown").name("data");
    }
    json.beginObject().field("e", "serverShutdown").field("E", session.now()).endObject();
    session.tell(combined ? json.endObject() : json);
  }
}
