package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.limit.Window;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.ReferencePrices;
import io.tradeflood.simulator.wire.Json;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bitget in a box: answers what comes to {@code api.bitget.com} in versions 2 and 3. */
public final class Bitget {
  /** The connectors that can be pointed here. */
  public static final List<String> HOSTS =
      List.of("bitget.spot-rest", "bitget.mix-rest", "bitget-unified.rest");

  /** The same of those that stream. */
  public static final List<String> STREAM_HOSTS = List.of("bitget.stream");

  private static final int COMMON_RATE = 20;
  private static final int LOW_RATE = 10;

  private final Market market;
  private final InstantSource limitClock;
  private final BitgetGuard guard;
  private final Map<String, Endpoint> endpoints = new TreeMap<>();

  /** What a path answers, written as the data of the envelope. */
  @FunctionalInterface
  private interface Endpoint {
    Page answer(Params params, Json json);
  }

  /**
   * @param limitClock by which the windows of the limits pass
   */
  public Bitget(Market market, InstantSource limitClock, LimitOptions limits) {
    this.market = market;
    this.limitClock = limitClock;
    this.guard = new BitgetGuard(limits);
    spot();
    contracts();
    unified();
  }

  /** Whether the path lies on the host played here. */
  public boolean owns(String path) {
    return path.startsWith("/api/v2/") || path.startsWith("/api/v3/market/");
  }

  /** The counters of all limits. */
  public List<Window> windows() {
    return guard.windows();
  }

  /** Forgets what was counted. */
  public void reset() {
    guard.reset();
  }

  /**
   * Answers a request of the given client.
   *
   * @param now the present of the market
   */
  public Response answer(Request request, String client, long now) {
    BitgetGuard.Verdict verdict = guard.admit(client, request.path(), limitClock.millis());
    if (!verdict.admitted()) {
      return error(429, "429", "Too Many Requests", now)
          .with("x-mbx-used-remain-limit", Long.toString(verdict.left()));
    }
    Endpoint endpoint = endpoints.get(request.path());
    if (endpoint == null) {
      return error(404, "40404", "Request URL NOT FOUND", now);
    }
    return answer(request, endpoint, now)
        .with("x-mbx-used-remain-limit", Long.toString(verdict.left()));
  }

  private Response answer(Request request, Endpoint endpoint, long now) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return error(405, "40404", "Request method is not supported", now);
    }
    if (request.body().length > 0) {
      return error(400, "40017", "Parameter verification failed: a GET has no body", now);
    }
    try {
      Json json = new Json(4096).beginObject().field("code", "00000").field("msg", "success");
      json.field("requestTime", now).name("data");
      Page page = endpoint.answer(new Params(request, market, now), json);
      return Response.json(200, page.json().endObject()).withRows(page.rows());
    } catch (BitgetError e) {
      return error(e.status(), e.code(), String.valueOf(e.getMessage()), now);
    }
  }

  private static Response error(int status, String code, String message, long now) {
    Json json = new Json().beginObject().field("code", code).field("msg", message);
    return Response.json(status, json.field("requestTime", now).name("data").nothing().endObject());
  }

  private void spot() {
    put("/api/v2/public/time", COMMON_RATE, Bitget::time);
    put("/api/v2/spot/public/coins", COMMON_RATE, SpotLists::coins);
    put("/api/v2/spot/public/symbols", COMMON_RATE, SpotLists::symbols);
    put("/api/v2/margin/currencies", LOW_RATE, SpotLists::margin);
    put("/api/v2/spot/market/tickers", COMMON_RATE, Quotes::spotTickers);
    put("/api/v2/spot/market/orderbook", COMMON_RATE, Quotes::book);
    put("/api/v2/spot/market/merge-depth", COMMON_RATE, Quotes::mergedSpot);
    put("/api/v2/spot/market/fills", LOW_RATE, Fills::spot);
    put("/api/v2/spot/market/fills-history", LOW_RATE, Fills::spotHistory);
    put("/api/v2/spot/market/candles", COMMON_RATE, Candles::spot);
    put("/api/v2/spot/market/history-candles", COMMON_RATE, Candles::spotHistory);
  }

  private void contracts() {
    String mix = "/api/v2/mix/market/";
    put(mix + "contracts", COMMON_RATE, Contracts::list);
    put(
        mix + "ticker",
        COMMON_RATE,
        (params, json) -> {
          params.required("symbol");
          return Quotes.contractTickers(params, json);
        });
    put(mix + "tickers", COMMON_RATE, Quotes::contractTickers);
    put(mix + "merge-depth", COMMON_RATE, Quotes::mergedContract);
    put(mix + "fills", COMMON_RATE, Fills::contract);
    put(mix + "fills-history", LOW_RATE, Fills::contractHistory);
    put(mix + "candles", COMMON_RATE, Candles::contract);
    put(mix + "history-candles", COMMON_RATE, Candles::contractHistory);
    put(
        mix + "history-index-candles",
        COMMON_RATE,
        (params, json) -> Candles.referenceHistory(params, json, ReferencePrices.Of.INDEX));
    put(
        mix + "history-mark-candles",
        COMMON_RATE,
        (params, json) -> Candles.referenceHistory(params, json, ReferencePrices.Of.MARK));
    put(mix + "symbol-price", COMMON_RATE, Quotes::prices);
    put(mix + "open-interest", COMMON_RATE, Contracts::openInterest);
    put(mix + "current-fund-rate", COMMON_RATE, Contracts::currentRates);
    put(mix + "funding-time", COMMON_RATE, Contracts::fundingTime);
    put(mix + "history-fund-rate", COMMON_RATE, Contracts::history);
  }

  /** What of version 3 has to do with markets: the same ones, told in other words. */
  private void unified() {
    String market = "/api/v3/market/";
    put(market + "instruments", COMMON_RATE, UnifiedLists::instruments);
    put(market + "tickers", COMMON_RATE, Quotes::unifiedTickers);
    put(market + "orderbook", COMMON_RATE, Quotes::unifiedBook);
    put(market + "fills", COMMON_RATE, Fills::unified);
    put(market + "candles", COMMON_RATE, Candles::unified);
    put(market + "history-candles", COMMON_RATE, Candles::unifiedHistory);
    put(market + "current-fund-rate", COMMON_RATE, Contracts::unifiedRate);
  }

  private void put(String path, int perSecond, Endpoint endpoint) {
    endpoints.put(path, endpoint);
    guard.limit(path, perSecond);
  }

  private static Page time(Params params, Json json) {
    json.beginObject().name("serverTime").text(params.now());
    return new Page(json.endObject(), 1);
  }
}
