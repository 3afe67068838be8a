package acme;

import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.simulator.contract.Contract;
import org.junit.jupiter.api.Test;

class AcmeCandlesTest {
  @Test
  void candlesKeepTheContract() {
    Contract.of(AcmeCandles.class)
        .replaying("/golden/acme/candles.btc-usdt-1h.json")
        .answers(
            new CandleQuery(
                Symbol.of("BTC/USDT"), Interval.H1, TimeRange.parse("2025-01-01/PT2H")));
  }
}
