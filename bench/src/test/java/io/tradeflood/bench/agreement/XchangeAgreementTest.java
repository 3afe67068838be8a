package io.tradeflood.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Comparator;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.knowm.xchange.ExchangeFactory;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.BinanceExchange;
import org.knowm.xchange.binance.dto.ExchangeType;
import org.knowm.xchange.binance.dto.marketdata.KlineInterval;
import org.knowm.xchange.binance.service.BinanceMarketDataService;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.derivative.FuturesContract;
import org.knowm.xchange.dto.Order.OrderType;
import org.knowm.xchange.dto.marketdata.Trade;
import org.knowm.xchange.dto.trade.LimitOrder;
import org.knowm.xchange.instrument.Instrument;

/**
 * XChange has decimals as we do. Its Binance alone is read: no release has a Bitget. Its futures
 * overwrite the address that their specification is given, see {@link BinanceElsewhere}. Of trades
 * it reads the aggregates alone.
 */
class XchangeAgreementTest {
  private static final String[] KINDS = {"candle", "aggTrade", "bid", "ask", "ticker"};

  @Test
  void xchangeReadsSpotFromTheSimulatorAndSaysWhatWeSay() throws IOException {
    try (var ours = new Ours()) {
      var theirs = read(ours.baseUrl(), ExchangeType.SPOT, new CurrencyPair("BTC/USDT"));
      assertThat(ours.refusals()).isZero();
      ours.read("binance", "BTC/USDT")
          .isWhatIsSaidBy("XChange", theirs, Said::isSameDecimal, KINDS);
      assertThat(theirs.given("ticker")).isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void xchangeReadsFuturesFromTheSimulatorAndSaysWhatWeSay() throws IOException {
    try (var ours = new Ours()) {
      var theirs = read(ours.baseUrl(), ExchangeType.FUTURES, new FuturesContract("BTC/USDT/PERP"));
      assertThat(ours.refusals()).isZero();
      ours.read("binance", "BTC/USDT:USDT")
          .isWhatIsSaidBy("XChange", theirs, Said::isSameDecimal, KINDS);
      assertThat(theirs.given("ticker")).isGreaterThanOrEqualTo(6);
    }
  }

  private static BinanceMarketDataService service(String baseUrl, ExchangeType type) {
    var specification = new ExchangeSpecification(BinanceElsewhere.class);
    specification.setSslUri(baseUrl);
    specification.setExchangeSpecificParametersItem(BinanceExchange.EXCHANGE_TYPE, type);
    return (BinanceMarketDataService)
        ExchangeFactory.INSTANCE.createExchange(specification).getMarketDataService();
  }

  private static Said read(String baseUrl, ExchangeType type, Instrument instrument)
      throws IOException {
    var service = service(baseUrl, type);
    var said = new Said();
    for (var row :
        service.klines(
            instrument,
            KlineInterval.m1,
            1000,
            Ours.CANDLES.start().toEpochMilli(),
            Ours.CANDLES.end().toEpochMilli() - 1))
      said.add(
          "candle",
          row.getOpenTime(),
          row.getOpen(),
          row.getHigh(),
          row.getLow(),
          row.getClose(),
          row.getVolume());
    var trades = service.getTrades(instrument, null, null, null, Ours.ROWS).getTrades();
    for (var trade :
        trades.stream().sorted(Comparator.comparing(XchangeAgreementTest::number)).toList())
      said.add(
          "aggTrade",
          trade.getId(),
          trade.getTimestamp().getTime(),
          trade.getPrice(),
          trade.getOriginalAmount(),
          // to XChange it is the maker who bids or asks
          trade.getType() == OrderType.BID ? "sell" : "buy");
    var book = service.getOrderBook(instrument, Ours.ROWS);
    for (var bid : book.getBids()) level(said, bid);
    for (var ask : book.getAsks()) level(said, ask);
    var ticker = service.getTicker(instrument);
    said.add(
        "ticker",
        ticker.getBid(),
        ticker.getBidSize(),
        ticker.getAsk(),
        ticker.getAskSize(),
        ticker.getLast(),
        ticker.getOpen(),
        ticker.getHigh(),
        ticker.getLow(),
        ticker.getVolume(),
        ticker.getQuoteVolume());
    return said;
  }

  private static long number(Trade trade) {
    return Long.parseLong(trade.getId());
  }

  private static void level(Said said, LimitOrder order) {
    said.add(
        order.getType().name().toLowerCase(Locale.ROOT),
        order.getLimitPrice(),
        order.getOriginalAmount());
  }
}
