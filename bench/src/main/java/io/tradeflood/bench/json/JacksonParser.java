package io.tradeflood.bench.json;

import io.tradeflood.model.Candle;
import io.tradeflood.model.Interval;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Side;
import io.tradeflood.model.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Jackson's streaming parser, driven by hand straight into our models: decimals from its characters
 * without a text in between, ids from the digits, nothing made that the models do not hold.
 */
final class JacksonParser implements Parser {
  private static final Interval MINUTE = Interval.parse("1m");
  private static final int ROWS = 1000;

  private final JsonFactory factory = new JsonFactory();

  @Override
  public Object read(Kind kind, byte[] page) {
    try (var json = factory.createParser(ObjectReadContext.empty(), page)) {
      json.nextToken();
      return switch (kind) {
        case KLINES -> candles(json);
        case DEPTH -> book(json);
        case TRADES -> trades(json);
      };
    }
  }

  @Override
  public List<String> said(Kind kind, Object models) {
    return OurModels.said(models);
  }

  private static List<Candle> candles(JsonParser json) {
    var candles = new ArrayList<Candle>(ROWS);
    while (json.nextToken() == JsonToken.START_ARRAY) {
      json.nextToken();
      var time = Instant.ofEpochMilli(json.getLongValue());
      var open = decimal(json);
      var high = decimal(json);
      var low = decimal(json);
      var close = decimal(json);
      var volume = decimal(json);
      json.nextToken();
      var turnover = decimal(json);
      json.nextToken();
      long trades = json.getLongValue();
      while (json.nextToken() != JsonToken.END_ARRAY) json.skipChildren();
      candles.add(
          new Candle(
              MINUTE,
              time,
              open,
              high,
              low,
              close,
              volume,
              Optional.of(turnover),
              OptionalLong.of(trades),
              true,
              "rest"));
    }
    return candles;
  }

  private static OrderBook book(JsonParser json) {
    long sequence = 0;
    List<OrderBook.Level> bids = List.of();
    List<OrderBook.Level> asks = List.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "lastUpdateId" -> sequence = json.getLongValue();
        case "bids" -> bids = levels(json);
        case "asks" -> asks = levels(json);
        default -> json.skipChildren();
      }
    }
    return new OrderBook(Optional.empty(), OptionalLong.of(sequence), bids, asks);
  }

  private static List<OrderBook.Level> levels(JsonParser json) {
    var levels = new ArrayList<OrderBook.Level>(ROWS);
    while (json.nextToken() == JsonToken.START_ARRAY) {
      levels.add(new OrderBook.Level(decimal(json), decimal(json)));
      while (json.nextToken() != JsonToken.END_ARRAY) json.skipChildren();
    }
    return levels;
  }

  private static List<Trade> trades(JsonParser json) {
    var trades = new ArrayList<Trade>(ROWS);
    while (json.nextToken() == JsonToken.START_OBJECT) trades.add(trade(json));
    return trades;
  }

  private static Trade trade(JsonParser json) {
    long id = 0;
    long time = 0;
    var price = BigDecimal.ZERO;
    var size = BigDecimal.ZERO;
    boolean buyerWasMaker = false;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "a" -> {
          json.nextToken();
          id = json.getLongValue();
        }
        case "p" -> price = decimal(json);
        case "q" -> size = decimal(json);
        case "T" -> {
          json.nextToken();
          time = json.getLongValue();
        }
        case "m" -> buyerWasMaker = json.nextToken() == JsonToken.VALUE_TRUE;
        default -> {
          json.nextToken();
          json.skipChildren();
        }
      }
    }
    return new Trade(
        Long.toString(id),
        Instant.ofEpochMilli(time),
        price,
        size,
        buyerWasMaker ? Side.SELL : Side.BUY);
  }

  private static BigDecimal decimal(JsonParser json) {
    json.nextToken();
    return new BigDecimal(
        json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
  }
}
