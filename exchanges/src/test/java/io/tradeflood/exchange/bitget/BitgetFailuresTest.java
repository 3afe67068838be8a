package io.tradeflood.exchange.bitget;

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

class BitgetFailuresTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Optional<Failure> in(int status, String body) {
    var reply = new HttpReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), NOW, NOW);
    return BitgetFailures.in(reply, "bitget.spot-rest");
  }

  private static String envelope(String code) {
    return "{\"code\":\"%s\",\"msg\":\"what happened\",\"requestTime\":1767225600000,\"data\":null}"
        .formatted(code);
  }

  @Test
  void successIsNoFailure() {
    assertThat(in(200, envelope("00000"))).isEmpty();
  }

  @Test
  void anErrorMayComeWithAGoodStatus() {
    assertThat(in(200, envelope("40034")))
        .get()
        .isInstanceOfSatisfying(
            Failure.Refused.class, refused -> assertThat(refused.code()).isEqualTo("40034"))
        .extracting(Throwable::getMessage)
        .isEqualTo("bitget.spot-rest said 40034 what happened");
  }

  @ParameterizedTest
  @ValueSource(strings = {"40010", "40015", "40200", "40725", "40808", "45001"})
  void whatPassesIsTriedAgain(String code) {
    assertThat(in(400, envelope(code))).get().isInstanceOf(Failure.Unreachable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40704", "40705"})
  void whatIsTooOldIsUnsupported(String code) {
    assertThat(in(400, envelope(code))).get().isInstanceOf(Failure.Unsupported.class);
  }

  @Test
  void tooManyRequestsWithAnotherStatusIsALimit() {
    assertThat(in(200, envelope("429")))
        .get()
        .isInstanceOfSatisfying(
            Failure.Limited.class,
            limited -> {
              assertThat(limited.until()).isEqualTo(NOW.plusSeconds(1));
              assertThat(limited.isBan()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429, 451})
  void whatAllOfHttpAgreesOnIsLeftToIt(int status) {
    assertThat(in(status, envelope("429"))).isEmpty();
  }

  @Test
  void whatIsNotInItsWordsIsLeftToHttp() {
    assertThat(in(502, "<html>bad gateway</html>")).isEmpty();
    assertThat(in(200, "[]")).isEmpty();
  }
}
