package io.tradeflood.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tradeflood.bench.BenchOptions;
import io.tradeflood.bench.Child;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ccxt has numbers where we have decimals: its values are the nearest doubles of ours. */
class CcxtAgreementTest {
  private static final Path PEERS = Path.of(System.getProperty("tradeflood.peers", "peers"));

  @ParameterizedTest
  @CsvSource({
    "binance, BTC/USDT",
    "binance, BTC/USDT:USDT",
    "bitget, BTC/USDT",
    "bitget, BTC/USDT:USDT"
  })
  void ccxtReadsTheSimulatorAndSaysWhatWeSay(String exchange, String symbol) throws Exception {
    assumeThat(BenchOptions.hasPeers(PEERS))
        .as("ccxt is not installed: run npm ci in peers/ to compare with it")
        .isTrue();
    try (var ours = new Ours()) {
      var theirs =
          Said.read(
              Child.node(
                  PEERS,
                  CcxtAgreementTest.class,
                  "ccxt.mjs",
                  List.of(
                      ours.baseUrl(),
                      exchange,
                      symbol,
                      Long.toString(Ours.CANDLES.start().toEpochMilli()),
                      Long.toString(Ours.CANDLES.end().toEpochMilli()),
                      Integer.toString(Ours.ROWS))));
      assertThat(ours.refusals()).isZero();
      var said = ours.read(exchange, symbol);
      said.isWhatIsSaidBy("ccxt", theirs, Said::isSameDouble, kinds(exchange));
      assertThat(theirs.given("ticker"))
          .as("what ccxt gives of a ticker")
          .isGreaterThanOrEqualTo(6);
    }
  }

  private static String[] kinds(String exchange) {
    return exchange.equals("binance")
        ? new String[] {"candle", "trade", "aggTrade", "bid", "ask", "ticker"}
        : new String[] {"candle", "trade", "bid", "ask", "ticker"};
  }
}
