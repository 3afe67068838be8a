package io.tradeflood.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "BTC/USDT",
        "BTC/USDT:USDT",
        "BTC/USD:BTC",
        "BTC/USDT:USDT-261225",
        "EUR/USD",
        "BTC/USDT:USDT-261225-80000-C",
        "1000PEPE/USDT:USDT",
        "币安人生/USDT",
        "A-B/USDT"
      })
  void isWrittenAsItIsRead(String text) {
    assertThat(Symbol.of(text)).hasToString(text).isEqualTo(Symbol.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "BTCUSDT",
        "/USDT",
        "BTC/",
        "BTC/USDT:",
        "BTC/USDT:USDT-",
        "BTC/USDT-261225",
        "BTC/USDT:USDT-2612",
        "BTC /USDT",
        "BTC/USDT/X:Y:Z"
      })
  void whatIsNoSymbolIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> Symbol.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("BTC/USDT")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aDayThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> Symbol.of("BTC/USDT:USDT-261399"))
        .hasMessageContaining("261399")
        .hasMessageContaining("YYMMDD");
  }

  @Test
  void saysWhatItIs() {
    assertThat(Symbol.of("BTC/USDT").isSpot()).isTrue();
    assertThat(Symbol.of("BTC/USDT:USDT")).matches(Symbol::isSwap).matches(Symbol::isLinear);
    assertThat(Symbol.of("BTC/USD:BTC")).matches(Symbol::isSwap).matches(Symbol::isInverse);
    var future = Symbol.of("BTC/USDT:USDT-261225");
    assertThat(future).matches(Symbol::isFuture).matches(s -> !s.isSwap());
    assertThat(future.expiry()).contains(LocalDate.of(2026, 12, 25));
    assertThat(Symbol.future("BTC", "USDT", "USDT", LocalDate.of(2026, 12, 25))).isEqualTo(future);
    assertThat(Symbol.of("BTC/USDT:USDT-261225-80000-C").option()).contains("80000-C");
    assertThat(future.join("-")).isEqualTo("BTC-USDT");
  }
}
