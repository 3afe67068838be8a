package io.tradeflood.bench.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import org.knowm.xchange.ExchangeFactory;
import org.knowm.xchange.binance.BinanceExchange;
import org.knowm.xchange.binance.dto.marketdata.BinanceKline;
import org.knowm.xchange.binance.dto.marketdata.KlineInterval;
import org.knowm.xchange.binance.service.BinanceMarketDataService;
import org.knowm.xchange.currency.CurrencyPair;

/** XChange and the loop that its users write around its klines, in a JVM of its own. */
final class XchangeChild {
  private XchangeChild() {}

  /** Arguments: the address of the exchanges, from, to. */
  public static void main(String[] arguments) throws IOException {
    var service = service(arguments[0]);
    long from = Instant.parse(arguments[1]).toEpochMilli();
    long to = Instant.parse(arguments[2]).toEpochMilli();
    var watch = new Stopwatch();
    var rows = new ArrayList<BinanceKline>();
    for (long since = from; since < to; ) {
      var page =
          service.klines(
              new CurrencyPair("BTC/USDT"),
              KlineInterval.m1,
              Venue.BINANCE_SPOT.longestPage(),
              since,
              to - 1);
      if (page.isEmpty()) break;
      rows.addAll(page);
      since = page.getLast().getOpenTime() + KlineInterval.m1.getMillis();
    }
    System.out.println(watch.said());
    var digest = new Digest();
    for (var row : rows)
      digest.add(
          row.getOpenTime(),
          row.getOpen(),
          row.getHigh(),
          row.getLow(),
          row.getClose(),
          row.getVolume());
    System.out.println("rows " + digest.rows() + " " + digest.hex());
  }

  private static BinanceMarketDataService service(String base) {
    var specification = new BinanceExchange().getDefaultExchangeSpecification();
    specification.setSslUri(base);
    specification.setShouldLoadRemoteMetaData(false);
    return (BinanceMarketDataService)
        ExchangeFactory.INSTANCE.createExchange(specification).getMarketDataService();
  }
}
