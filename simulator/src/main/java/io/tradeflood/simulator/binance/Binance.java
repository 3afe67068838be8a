package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.limit.Window;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.ReferencePrices;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.wire.Json;
import io.tradeflood.simulator.wire.Query;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Binance in a box: answers what comes to {@code api.binance.com}, {@code fapi.binance.com} and
 * {@code dapi.binance.com}.
 */
public final class Binance {
  /** The connectors that can be pointed here. */
  public static final List<String> HOSTS =
      List.of("binance.spot-rest", "binance.futures-rest", "binance.coin-rest");

  /** The same of those that stream. */
  public static final List<String> STREAM_HOSTS =
      List.of("binance.spot-stream", "binance.futures-stream");

  private static final Set<String> KLINES =
      Set.of("symbol", "interval", "startTime", "endTime", "timeZone", "limit");
  private static final Set<String> SYMBOLS = Set.of("symbol", "symbols", "symbolStatus");

  private static final String FUTURES = "/fapi/v1/";
  private static final String COIN_ROOT = "/dapi/";
  private static final String COIN = COIN_ROOT + "v1/";
  private static final String DATA = "/futures/data/";

  private final Market market;
  private final InstantSource limitClock;
  private final BinanceGuard spotGuard;
  private final BinanceGuard futuresGuard;
  private final BinanceGuard coinGuard;
  private final Map<String, Endpoint> endpoints = new TreeMap<>();

  /**
   * @param limitClock by which the windows of the limits pass
   */
  public Binance(Market market, InstantSource limitClock, LimitOptions limits) {
    this.market = market;
    this.limitClock = limitClock;
    this.spotGuard = BinanceGuard.spot(limits);
    this.futuresGuard = BinanceGuard.futures("binance usdm", limits);
    this.coinGuard = BinanceGuard.futures("binance coinm", limits);
    spot(limits);
    contracts(FUTURES, 1, limits);
    contracts(COIN, 10, limits);
    put(
        "/futures/data/openInterestHist",
        Endpoint.of(Set.of(), 0, Derivatives::openInterestHistory).limitedBy("data"));
  }

  /** Whether the path lies on one of the hosts played here. */
  public boolean owns(String path) {
    return path.startsWith("/api/v1/")
        || path.startsWith("/api/v3/")
        || path.startsWith("/fapi/")
        || path.startsWith(COIN_ROOT)
        || path.startsWith(DATA);
  }

  /** The counters of all limits. */
  public List<Window> windows() {
    List<Window> windows = new ArrayList<>(spotGuard.windows());
    windows.addAll(futuresGuard.windows());
    windows.addAll(coinGuard.windows());
    return windows;
  }

  /** Forgets what was counted and lifts all bans. */
  public void reset() {
    spotGuard.reset();
    futuresGuard.reset();
    coinGuard.reset();
  }

  /**
   * Answers a request of the given client.
   *
   * @param now the present of the market
   */
  public Response answer(Request request, String client, long now) {
    Venue venue = venue(request);
    BinanceGuard guard =
        switch (venue) {
          case BINANCE_SPOT -> spotGuard;
          case BINANCE_COINM -> coinGuard;
          default -> futuresGuard;
        };
    Endpoint endpoint = endpoints.get(request.path());
    Params params = new Params(request, market, venue, now);
    int weight = endpoint == null ? 1 : endpoint.weight().of(params);
    BinanceGuard.Verdict verdict =
        guard.admit(
            client,
            weight,
            endpoint == null ? Optional.empty() : endpoint.limit(),
            limitClock.millis());
    Response response =
        verdict
            .refusal()
            .orElseGet(() -> endpoint == null ? unknown(request) : page(params, endpoint));
    return endpoint == null || endpoint.counted()
        ? response.with("X-MBX-USED-WEIGHT-1M", Long.toString(verdict.usedWeight()))
        : response;
  }

  /** Two hosts share the paths of data; contracts settled in coins are asked for by pair there. */
  private static Venue venue(Request request) {
    if (request.path().startsWith("/api/")) {
      return Venue.BINANCE_SPOT;
    }
    boolean coin =
        request.path().startsWith(COIN_ROOT)
            || (request.path().startsWith(DATA) && request.query().has("pair"));
    return coin ? Venue.BINANCE_COINM : Venue.BINANCE_USDM;
  }

  private static Response page(Params params, Endpoint endpoint) {
    String method = params.request().method();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return params.isSpot()
          ? Response.text(405, "text/html", "<html><body>405 Not Allowed</body></html>\n")
          : unknown(params.request());
    }
    try {
      checkNames(params, endpoint);
      Page page = endpoint.answer().to(params);
      return Response.json(200, page.json()).withRows(page.rows());
    } catch (BinanceError e) {
      return e.response();
    }
  }

  /** Spot refuses what it does not know or gets twice; futures do not look. */
  private static void checkNames(Params params, Endpoint endpoint) {
    if (!params.isSpot()) {
      return;
    }
    List<Query.Parameter> sent = params.request().query().parameters();
    Set<String> names = params.request().query().names();
    if (names.size() < sent.size()) {
      throw new BinanceError(400, -1101, "Duplicate values for a parameter detected.");
    }
    if (!endpoint.parameters().containsAll(names)) {
      throw new BinanceError(
          400,
          -1101,
          "Too many parameters; expected '%d' and received '%d'."
              .formatted(
                  names.stream().filter(endpoint.parameters()::contains).count(), names.size()));
    }
  }

  private static Response unknown(Request request) {
    if (request.path().startsWith("/api/")) {
      String page =
          "<html>\n"
              + "<head><title>404 Not Found</title></head>\n"
              + "<body>\n"
              + "<center><h1>404 Not Found</h1></center>\n"
              + "<hr><center>nginx</center>\n"
              + "</body>\n"
              + "</html>\n";
      return Response.text(404, "text/html", page);
    }
    return BinanceError.answer(
        404, -5000, "Path %s, Method %s is invalid".formatted(request.path(), request.method()));
  }

  private void spot(LimitOptions limits) {
    put("/api/v3/ping", Endpoint.of(Set.of(), 1, Binance::ping));
    put("/api/v3/time", Endpoint.of(Set.of(), 1, Binance::time));
    put(
        "/api/v3/exchangeInfo",
        Endpoint.of(
            Set.of("symbol", "symbols", "permissions", "symbolStatus", "showPermissionSets"),
            20,
            params -> ExchangeInfo.spot(params, limits)));
    put("/api/v3/klines", Endpoint.of(KLINES, 2, Klines::spot));
    put("/api/v3/uiKlines", Endpoint.of(KLINES, 2, Klines::spot));
    put("/api/v3/trades", Endpoint.of(Set.of("symbol", "limit"), 25, Trades::recent));
    put(
        "/api/v3/historicalTrades",
        Endpoint.of(Set.of("symbol", "limit", "fromId"), 25, Trades::historical));
    put(
        "/api/v3/aggTrades",
        Endpoint.of(
            Set.of("symbol", "fromId", "startTime", "endTime", "limit"), 4, Trades::aggregate));
    put(
        "/api/v3/depth",
        Endpoint.of(Set.of("symbol", "limit", "symbolStatus"), Weights::spotDepth, Tickers::depth));
    put("/api/v3/avgPrice", Endpoint.of(Set.of("symbol"), 2, Tickers::average));
    put(
        "/api/v3/ticker/24hr",
        Endpoint.of(
            Set.of("symbol", "symbols", "type", "symbolStatus"), Weights::spotDay, Tickers::day));
    put(
        "/api/v3/ticker/tradingDay",
        Endpoint.of(
            Set.of("symbol", "symbols", "type", "timeZone", "symbolStatus"),
            Weights::spotWindow,
            Tickers::tradingDay));
    put(
        "/api/v3/ticker",
        Endpoint.of(
            Set.of("symbol", "symbols", "windowSize", "type", "symbolStatus"),
            Weights::spotWindow,
            Tickers::window));
    put("/api/v3/ticker/price", Endpoint.of(SYMBOLS, Weights.oneOrAll(2, 4), Tickers::price));
    put(
        "/api/v3/ticker/bookTicker",
        Endpoint.of(SYMBOLS, Weights.oneOrAll(2, 4), Tickers::bookTicker));
  }

  /** The endpoints of contracts, below the root of those settled in money or in coins. */
  private void contracts(String root, int premiumIndexWeight, LimitOptions limits) {
    put(root + "ping", Endpoint.of(Set.of(), 1, Binance::ping));
    put(root + "time", Endpoint.of(Set.of(), 1, Binance::time));
    put(
        root + "exchangeInfo",
        Endpoint.of(Set.of(), 1, params -> ExchangeInfo.futures(params, limits)));
    put(root + "depth", Endpoint.of(Set.of(), Weights::futuresDepth, Tickers::depthFutures));
    put(root + "trades", Endpoint.of(Set.of(), 5, Trades::recent));
    put(root + "historicalTrades", Endpoint.of(Set.of(), 20, Trades::historicalFutures));
    put(root + "aggTrades", Endpoint.of(Set.of(), 20, Trades::aggregateFutures));
    put(root + "klines", Endpoint.of(Set.of(), Weights::futuresKlines, Klines::futures));
    put(
        root + "continuousKlines",
        Endpoint.of(Set.of(), Weights::futuresKlines, Klines::continuous));
    put(root + "indexPriceKlines", Endpoint.of(Set.of(), Weights::futuresKlines, Klines::index));
    put(
        root + "markPriceKlines",
        Endpoint.of(
            Set.of(),
            Weights::futuresKlines,
            params -> Klines.reference(params, ReferencePrices.Of.MARK)));
    put(
        root + "premiumIndexKlines",
        Endpoint.of(
            Set.of(),
            Weights::futuresKlines,
            params -> Klines.reference(params, ReferencePrices.Of.PREMIUM)));
    put(
        root + "premiumIndex",
        Endpoint.of(Set.of(), Weights.oneOrAll(premiumIndexWeight, 10), Derivatives::premiumIndex));
    put(
        root + "fundingRate",
        Endpoint.of(Set.of(), 0, Derivatives::fundingRate).limitedBy("funding"));
    put(
        root + "fundingInfo",
        Endpoint.of(Set.of(), 0, Derivatives::fundingInfo).limitedBy("funding"));
    put(root + "openInterest", Endpoint.of(Set.of(), 1, Derivatives::openInterest));
    put(root + "ticker/24hr", Endpoint.of(Set.of(), Weights.oneOrAll(1, 40), Tickers::day));
    Endpoint price = Endpoint.of(Set.of(), Weights.oneOrAll(1, 2), Tickers::price);
    put(root + "ticker/price", price);
    put(root.replace("v1", "v2") + "ticker/price", price.uncounted());
    put(
        root + "ticker/bookTicker",
        Endpoint.of(Set.of(), Weights.oneOrAll(2, 5), Tickers::bookTicker).uncounted());
  }

  private void put(String path, Endpoint endpoint) {
    endpoints.put(path, endpoint);
  }

  private static Page ping(Params params) {
    return new Page(new Json().beginObject().endObject(), 0);
  }

  private static Page time(Params params) {
    Json json = new Json().beginObject();
    return Page.of(json.field("serverTime", params.stamp(params.now())).endObject());
  }
}
