package io.tradeflood.exchange.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.exchange.Replay;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BinanceBookDepthTest {
  @RegisterExtension static final Replay REPLAY = new Replay(Map.of("bookDepth", "5000"));

  @Test
  void usersSetHowDeepABookBegins() throws Exception {
    REPLAY.serve("/api/v3/depth", "binance/rest/depth.spot");
    var stream = REPLAY.wiring().connector(BinanceSpotStream.class);
    var binding = REPLAY.wiring().binding(BinanceSpotLiveBook.class);

    REPLAY.run(binding.snapshot(stream, Symbol.of("BTC/USDT")).orElseThrow());

    assertThat(REPLAY.asked()).containsExactly("/api/v3/depth?symbol=BTCUSDT&limit=5000");
  }

  @Test
  void deeperThanTheExchangeGoesIsRefused() {
    var stream = REPLAY.wiring().connector(BinanceFuturesStream.class);
    var binding = REPLAY.wiring().binding(BinanceFuturesLiveBook.class);

    assertThatThrownBy(() -> binding.snapshot(stream, Symbol.of("BTC/USDT:USDT")))
        .isInstanceOf(Failure.Unsupported.class)
        .hasMessage(
            "bookDepth of binance.futures-stream is 5000: set a number of levels from 1 to 1000");
  }
}
