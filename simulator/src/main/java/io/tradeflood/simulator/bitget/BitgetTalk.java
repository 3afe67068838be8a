package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.stream.Dialect;
import io.tradeflood.simulator.stream.Rules;
import io.tradeflood.simulator.stream.Session;
import io.tradeflood.simulator.stream.Source;
import io.tradeflood.simulator.stream.Subscription;
import io.tradeflood.simulator.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said on one connection with streams of Bitget, version 2. */
final class BitgetTalk implements Dialect {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Map<String, Venue> PRODUCTS =
      Map.of(
          "SPOT", Venue.BITGET_SPOT,
          "USDT-FUTURES", Venue.BITGET_USDT_FUTURES,
          "COIN-FUTURES", Venue.BITGET_COIN_FUTURES,
          "USDC-FUTURES", Venue.BITGET_USDC_FUTURES);
  private static final int UNKNOWN_CHANNEL = 30001;
  private static final int ILLEGAL = 30002;
  private static final int UNKNOWN_OPERATION = 30003;
  private static final int TOO_MANY = 30007;
  private static final int PARAMETER = 30016;
  private static final int MOST_ARGUMENTS = 4096;
  private static final Duration COUNTED = Duration.ofHours(1);

  private final Market market;
  private final Rules rules;
  private final long mostSubscriptions;
  private final InstantSource limitClock;

  /** When the latest requests for subscriptions came, oldest first. */
  private final ArrayDeque<Instant> requests = new ArrayDeque<>();

  /**
   * @param mostSubscriptions how many requests for subscriptions a connection may send in an hour
   */
  BitgetTalk(Market market, Rules rules, long mostSubscriptions, InstantSource limitClock) {
    this.market = market;
    this.rules = rules;
    this.mostSubscriptions = mostSubscriptions;
    this.limitClock = limitClock;
  }

  @Override
  public String path() {
    return "/bitget";
  }

  @Override
  public Rules rules() {
    return rules;
  }

  @Override
  public void opened(Session session) {
    session.alive();
  }

  @Override
  public void heard(Session session, String text) {
    if (text.equals("ping")) {
      session.alive();
      session.tell("pong");
      return;
    }
    try {
      JsonNode request = MAPPER.readTree(text);
      if (!request.isObject() || !request.path("args").isArray()) {
        error(session, Optional.empty(), PARAMETER, "Param error");
      } else if (request.path("args").toString().getBytes(StandardCharsets.UTF_8).length
          > MOST_ARGUMENTS) {
        error(session, Optional.empty(), PARAMETER, "Param error: args over 4096 bytes");
      } else {
        answer(session, request);
      }
    } catch (JacksonException e) {
      error(session, Optional.empty(), ILLEGAL, "Illegal request");
    }
  }

  private void answer(Session session, JsonNode request) {
    String operation = request.path("op").asString("");
    boolean subscribes = operation.equals("subscribe");
    if (!subscribes && !operation.equals("unsubscribe")) {
      error(session, Optional.empty(), UNKNOWN_OPERATION, "Invalid op");
      return;
    }
    if (subscribes && isTooMany()) {
      error(session, Optional.empty(), TOO_MANY, "Request over limit, connection close");
      session.close(1008, "Request over limit");
      return;
    }
    for (JsonNode arg : request.path("args")) {
      if (subscribes) {
        subscribe(session, arg);
      } else {
        session.unsubscribe(stream(arg));
        event(session, "unsubscribe", arg);
      }
    }
  }

  private boolean isTooMany() {
    Instant now = limitClock.instant();
    while (!requests.isEmpty() && !requests.peek().isAfter(now.minus(COUNTED))) {
      requests.remove();
    }
    requests.add(now);
    return requests.size() > mostSubscriptions;
  }

  private static String stream(JsonNode arg) {
    return "%s/%s/%s"
        .formatted(
            arg.path("instType").asString(""),
            arg.path("channel").asString(""),
            arg.path("instId").asString(""));
  }

  private void subscribe(Session session, JsonNode arg) {
    String stream = stream(arg);
    Optional<Source> source = session.refuses(stream) ? Optional.empty() : find(arg, session.now());
    if (source.isEmpty()) {
      error(
          session,
          Optional.of(arg),
          UNKNOWN_CHANNEL,
          "instType:%s,channel:%s,instId:%s doesn't exist"
              .formatted((Object[]) stream.split("/", 3)));
      return;
    }
    if (session.size() >= rules.streams()) {
      error(session, Optional.of(arg), TOO_MANY, "Request over limit, connection close");
      session.close(1008, "Too many channels");
      return;
    }
    event(session, "subscribe", arg);
    if (!session.has(stream)) {
      session.subscribe(stream, stream, source.get());
    }
  }

  private Optional<Source> find(JsonNode arg, long now) {
    String product = arg.path("instType").asString("");
    Venue venue = PRODUCTS.get(product);
    if (venue == null) {
      return Optional.empty();
    }
    Optional<Listing> listing =
        market
            .find(venue, arg.path("instId").asString(""), now)
            .filter(found -> found.instrument().tradedAt(now));
    String name = arg.path("channel").asString("");
    return listing.flatMap(found -> source(new Channel(product, name, found), now));
  }

  private static Optional<Source> source(Channel channel, long now) {
    return switch (channel.name()) {
      case "trade" -> Optional.of(new TradeChannels.Trades(channel, now));
      case "ticker" -> Optional.of(new TradeChannels.Ticker(channel, now));
      case "books" -> Optional.of(new BookChannels.Whole(channel, now));
      case "books1" -> Optional.of(new BookChannels.Best(channel, 1, now));
      case "books5" -> Optional.of(new BookChannels.Best(channel, 5, now));
      case "books15" -> Optional.of(new BookChannels.Best(channel, 15, now));
      default -> candles(channel, now);
    };
  }

  private static Optional<Source> candles(Channel channel, long now) {
    String prefix = "candle";
    if (!channel.name().startsWith(prefix)) {
      return Optional.empty();
    }
    Optional<Grid> grid = Candles.ofStream(channel.name().substring(prefix.length()));
    return grid.map(its -> new TradeChannels.Candles(channel, its, now));
  }

  private static void event(Session session, String what, JsonNode arg) {
    session.tell("{\"event\":\"" + what + "\",\"arg\":" + arg + "}");
  }

  private static void error(Session session, Optional<JsonNode> arg, int code, String message) {
    String rest =
        new Json().beginObject().field("code", code).field("msg", message).endObject().toString();
    String its = arg.map(json -> "\"arg\":" + json + ",").orElse("");
    session.tell("{\"event\":\"error\"," + its + rest.substring(1));
  }

  @Override
  public void beforeMessage(Json json, Subscription subscription) {}

  @Override
  public void afterMessage(Json json, Subscription subscription) {}

  /** No page says how, or whether, Bitget tells it. */
  @Override
  public void closingSoon(Session session) {}
}
