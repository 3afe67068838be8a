package io.tradeflood.exchange.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.net.HttpReply;
import io.tradeflood.turn.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceFailuresTest {
  private static Optional<Failure> in(int status, String body) {
    var reply =
        new HttpReply(
            status, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH, Instant.EPOCH);
    return BinanceFailures.in(reply, "binance.spot-rest");
  }

  @Test
  void aBadParameterIsRefusedInTheExchangesWords() {
    assertThat(in(400, "{\"code\":-1102,\"msg\":\"Mandatory parameter 'symbol' was not sent.\"}"))
        .get()
        .isInstanceOfSatisfying(
            Failure.Refused.class, refused -> assertThat(refused.code()).isEqualTo("-1102"))
        .extracting(Throwable::getMessage)
        .isEqualTo("binance.spot-rest said -1102 Mandatory parameter 'symbol' was not sent.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1000", "-1001", "-1006", "-1007", "-1008"})
  void whatPassesIsTriedAgain(String code) {
    assertThat(in(400, "{\"code\":%s,\"msg\":\"busy\"}".formatted(code)))
        .get()
        .isInstanceOf(Failure.Unreachable.class);
  }

  @Test
  void aFaultOfTheServerIsTriedAgainWhateverItsCode() {
    assertThat(in(503, "{\"code\":-1013,\"msg\":\"?\"}"))
        .get()
        .isInstanceOf(Failure.Unreachable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 418, 429, 451})
  void whatAllOfHttpAgreesOnIsLeftToIt(int status) {
    assertThat(in(status, "{\"code\":-1003,\"msg\":\"Too many requests.\"}")).isEmpty();
  }

  @Test
  void aGoodAnswerIsNoFailure() {
    assertThat(in(200, "{\"code\":-1121}")).isEmpty();
  }

  @Test
  void whatIsNotInItsWordsIsLeftToHttp() {
    assertThat(in(502, "<html>bad gateway</html>")).isEmpty();
    assertThat(in(400, "[]")).isEmpty();
    assertThat(in(400, "")).isEmpty();
  }
}
