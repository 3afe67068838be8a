package io.tradeflood.bench.json;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchange.binance.Binance;
import org.knowm.xchange.binance.BinanceAdapters;
import org.knowm.xchange.binance.dto.marketdata.BinanceAggTrades;
import org.knowm.xchange.binance.dto.marketdata.BinanceKline;
import org.knowm.xchange.binance.dto.marketdata.BinanceOrderbook;
import org.knowm.xchange.binance.dto.marketdata.KlineInterval;
import org.knowm.xchange.binance.service.BinanceMarketDataService;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.derivative.FuturesContract;
import org.knowm.xchange.dto.Order;
import org.knowm.xchange.dto.marketdata.OrderBook;
import org.knowm.xchange.dto.marketdata.Trades;
import org.knowm.xchange.dto.trade.LimitOrder;
import org.knowm.xchange.instrument.Instrument;
import si.mazi.rescu.InvocationResult;
import si.mazi.rescu.RestMethodMetadata;
import si.mazi.rescu.serialization.jackson.DefaultJacksonObjectMapperFactory;
import si.mazi.rescu.serialization.jackson.JacksonResponseReader;

/**
 * What XChange's market data service does once the bytes are there: its HTTP library makes a text
 * of them line by line, its Jackson mapper the exchange's objects, its adapters XChange's own
 * models. Klines stay the exchange's objects: that is what its service gives.
 */
final class XchangeParser implements Parser {
  private static final Instrument SPOT = new CurrencyPair("BTC/USDT");
  private static final Instrument SWAP = new FuturesContract("BTC/USDT/PERP");

  private final JacksonResponseReader reader =
      new JacksonResponseReader(
          new DefaultJacksonObjectMapperFactory().createObjectMapper(), false);
  private final RestMethodMetadata klines = method("klines");
  private final RestMethodMetadata depth = method("depth");
  private final RestMethodMetadata aggTrades = method("aggTrades");

  private static RestMethodMetadata method(String name) {
    for (var method : Binance.class.getMethods())
      if (method.getName().equals(name)) return RestMethodMetadata.create(method, "", "");
    throw new IllegalStateException("XChange's Binance has no method " + name);
  }

  @Override
  public Object read(Kind kind, byte[] page) throws IOException {
    return switch (kind) {
      case KLINES -> {
        var rows = new ArrayList<BinanceKline>();
        for (var row : (List<?>) body(page, klines))
          rows.add(new BinanceKline(SPOT, KlineInterval.m1, (Object[]) row));
        yield rows;
      }
      case DEPTH ->
          BinanceMarketDataService.convertOrderBook((BinanceOrderbook) body(page, depth), SPOT);
      case TRADES -> BinanceAdapters.adaptTrades(rows(body(page, aggTrades)), SWAP);
    };
  }

  @SuppressWarnings("unchecked") // so the method is declared that the metadata was made of
  private static List<BinanceAggTrades> rows(Object rows) {
    return (List<BinanceAggTrades>) rows;
  }

  private Object body(byte[] page, RestMethodMetadata method) throws IOException {
    return reader.read(new InvocationResult(text(page), 200), method);
  }

  /** As its HTTP library reads an answer. */
  private static String text(byte[] page) throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new BufferedInputStream(new ByteArrayInputStream(page)), StandardCharsets.UTF_8))) {
      var text = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) text.append(line);
      return text.toString();
    }
  }

  @Override
  public List<String> said(Kind kind, Object models) {
    return switch (models) {
      case OrderBook book -> {
        var lines = new ArrayList<String>();
        for (var bid : book.getBids()) lines.add(level("bid", bid));
        for (var ask : book.getAsks()) lines.add(level("ask", ask));
        yield lines;
      }
      case Trades trades ->
          trades.getTrades().stream()
              .map(
                  t ->
                      Parser.line(
                          t.getId(),
                          t.getTimestamp().getTime(),
                          t.getPrice(),
                          t.getOriginalAmount(),
                          t.getType() == Order.OrderType.BID ? "sell" : "buy"))
              .toList();
      default -> ((List<?>) models).stream().map(row -> kline((BinanceKline) row)).toList();
    };
  }

  private static String level(String side, LimitOrder order) {
    return Parser.line(
        side.toLowerCase(Locale.ROOT), order.getLimitPrice(), order.getOriginalAmount());
  }

  private static String kline(BinanceKline row) {
    return Parser.line(
        row.getOpenTime(),
        row.getOpen(),
        row.getHigh(),
        row.getLow(),
        row.getClose(),
        row.getVolume());
  }
}
