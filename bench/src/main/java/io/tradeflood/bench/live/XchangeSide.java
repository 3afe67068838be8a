package io.tradeflood.bench.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import info.bitrich.xchangestream.binance.BinanceStreamingMarketDataService;
import info.bitrich.xchangestream.binance.BinanceStreamingService;
import info.bitrich.xchangestream.binance.KlineSubscription;
import info.bitrich.xchangestream.core.ProductSubscription;
import info.bitrich.xchangestream.service.netty.NettyStreamingService;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchange.binance.BinanceAdapters;
import org.knowm.xchange.binance.BinanceExchange;
import org.knowm.xchange.binance.dto.marketdata.BinanceOrderbook;
import org.knowm.xchange.binance.service.BinanceMarketDataService;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.marketdata.OrderBook;
import org.knowm.xchange.dto.trade.LimitOrder;
import org.knowm.xchange.instrument.Instrument;

/**
 * XChange-stream: its own services, told the text of each message as its WebSocket client tells
 * them; its snapshot is read once instead of fetched.
 */
final class XchangeSide implements Side {
  private static final CurrencyPair PAIR = new CurrencyPair("BTC/USDT");
  private static final int DEPTH = 20;

  private final List<byte[]> messages;
  private final BinanceMarketDataService rest;
  private @Nullable OrderBook latest;

  XchangeSide(Tape tape) throws IOException {
    messages = tape.combined();
    var snapshot = new ObjectMapper().readValue(tape.snapshot(), BinanceOrderbook.class);
    BinanceAdapters.putSymbolMapping("BTCUSDT", PAIR);
    var exchange = new BinanceExchange();
    var specification = exchange.getDefaultExchangeSpecification();
    specification.setShouldLoadRemoteMetaData(false);
    exchange.applySpecification(specification);
    rest =
        new BinanceMarketDataService(exchange, exchange.getResilienceRegistries()) {
          @Override
          public BinanceOrderbook getBinanceOrderbookAllProducts(Instrument pair, Integer limit) {
            return snapshot;
          }
        };
  }

  @Override
  public void pass() {
    var wanted = ProductSubscription.create().addOrderbook(PAIR).build();
    var klines = new KlineSubscription(Map.of());
    var service =
        new BinanceStreamingService(
            "wss://localhost", wanted, klines, 65536, Duration.ZERO, Duration.ZERO, 0);
    connect(service);
    var books =
        new BinanceStreamingMarketDataService(service, rest, () -> {}, "@100ms", false, 1000);
    books.openSubscriptions(wanted, klines);
    var subscription = books.getOrderBook(PAIR).subscribe(book -> latest = book);
    for (byte[] message : messages)
      service.messageHandler(new String(message, StandardCharsets.UTF_8));
    subscription.dispose();
  }

  /** Gives it a connection that leads nowhere, since it subscribes only where one is open. */
  private static void connect(BinanceStreamingService service) {
    try {
      var channel = NettyStreamingService.class.getDeclaredField("webSocketChannel");
      channel.setAccessible(true);
      channel.set(service, new EmbeddedChannel());
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("XChange-stream has no field webSocketChannel", changed);
    }
  }

  @Override
  public List<String> said() {
    var book = latest;
    if (book == null) return List.of();
    return Stream.concat(
            book.getBids().stream().limit(DEPTH).map(order -> line("bid", order)),
            book.getAsks().stream().limit(DEPTH).map(order -> line("ask", order)))
        .toList();
  }

  private static String line(String side, LimitOrder order) {
    return "%s %s %s"
        .formatted(
            side, order.getLimitPrice().toPlainString(), order.getOriginalAmount().toPlainString());
  }
}
