package io.tradeflood.proxyter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.health.Diagnosis.Seen;
import io.tradeflood.proxyter.health.Diagnosis.Sights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnosisTest {
  @ParameterizedTest(name = "{0}: {10}")
  @CsvSource({
    // signal, repeated, elsewhere, others, n, providers, peers, otherProviders, direct, controls ->
    // verdict
    "CONNECT_FAILED, false, FAILS, WORKS,   0, 0, UNKNOWN, WORKS,   UNKNOWN, UNKNOWN, PROXY_DOWN",
    "CONNECT_SILENT, false, FAILS, WORKS,   0, 0, WORKS,   UNKNOWN, UNKNOWN, UNKNOWN, PROXY_DOWN",
    "CONNECT_FAILED, false, WORKS, WORKS,   0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, PAIR_REFUSED",
    "TUNNEL_MUTE,    false, WORKS, WORKS,   0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, PAIR_REFUSED",
    "TUNNEL_RESET,   false, WORKS, WORKS,   0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, BANNED",
    "ORIGIN_DNS,     false, WORKS, WORKS,   0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, PROXY_DNS",
    "TUNNEL_ALERT,   false, WORKS, WORKS,   0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN,"
        + " PROXY_TLS_INTERFERENCE",
    "CONNECT_FAILED, false, WORKS, FAILS,   3, 2, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, ORIGIN_DOWN",
    "ORIGIN_REFUSED, false, WORKS, FAILS,   1, 1, UNKNOWN, UNKNOWN, FAILS,   UNKNOWN, ORIGIN_DOWN",
    "CONNECT_FAILED, false, WORKS, FAILS,   3, 1, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN",
    "CONNECT_FAILED, false, WORKS, FAILS,   3, 2, UNKNOWN, UNKNOWN, WORKS,   UNKNOWN, POOL_REFUSED",
    "CONNECT_FAILED, false, FAILS, WORKS,   0, 0, FAILS,   WORKS,   UNKNOWN, UNKNOWN,"
        + " PROVIDER_DOWN",
    "CONNECT_FAILED, false, FAILS, FAILS,   3, 2, FAILS,   FAILS,   FAILS,   FAILS,  "
        + " LOCAL_NETWORK",
    "LOCAL,          false, FAILS, UNKNOWN, 0, 0, FAILS,   FAILS,   UNKNOWN, FAILS,  "
        + " LOCAL_NETWORK",
    "CONNECT_FAILED, false, FAILS, FAILS,   3, 2, FAILS,   FAILS,   FAILS,   WORKS,   UNKNOWN",
    "CONNECT_FAILED, false, UNKNOWN, UNKNOWN, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN",
    "PROXY_TIMEOUT,  false, UNKNOWN, WORKS, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, PROXY_DOWN",
    "PROXY_TIMEOUT,  false, UNKNOWN, UNKNOWN, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN",
    "PROXY_TIMEOUT,  true,  UNKNOWN, UNKNOWN, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, PROXY_DOWN",
    "HTTP_5XX,       false, WORKS, FAILS,   3, 2, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, ORIGIN_DOWN"
  })
  void everyCellOfTheTableHasItsVerdict(
      Signal signal,
      boolean repeated,
      Seen elsewhere,
      Seen others,
      int othersFailing,
      int providersFailing,
      Seen peers,
      Seen otherProviders,
      Seen direct,
      Seen controls,
      Verdict verdict) {
    var diagnosis =
        Diagnosis.decide(
            new Sights(
                signal,
                repeated,
                elsewhere,
                others,
                othersFailing,
                providersFailing,
                peers,
                otherProviders,
                direct,
                controls));
    assertThat(diagnosis.verdict()).isEqualTo(verdict);
    if (verdict != Verdict.UNKNOWN) assertThat(diagnosis.confidence()).isGreaterThanOrEqualTo(0.7);
  }

  @ParameterizedTest(name = "{0}: {4}")
  @CsvSource({
    // signal, elsewhere, others, direct -> verdict, confidence
    "CONNECT_FAILED, WORKS,   FAILS, UNKNOWN, ORIGIN_DOWN,  0.7",
    "TUNNEL_RESET,   WORKS,   FAILS, UNKNOWN, ORIGIN_DOWN,  0.7",
    "CONNECT_FAILED, WORKS,   FAILS, FAILS,   ORIGIN_DOWN,  0.95",
    "CONNECT_FAILED, WORKS,   FAILS, WORKS,   POOL_REFUSED, 0.9",
    "CONNECT_FAILED, WORKS,   WORKS, UNKNOWN, PAIR_REFUSED, 0.9",
    "CONNECT_FAILED, UNKNOWN, FAILS, UNKNOWN, UNKNOWN,      0",
    "CONNECT_FAILED, FAILS,   FAILS, UNKNOWN, UNKNOWN,      0",
    "HTTP_5XX,       WORKS,   FAILS, UNKNOWN, UNKNOWN,      0"
  })
  void whereAllOfASmallPoolFailThereOnlyTheTargetIsDown(
      Signal signal, Seen elsewhere, Seen others, Seen direct, Verdict verdict, double confidence) {
    var diagnosis =
        Diagnosis.decide(
            new Sights(
                signal,
                false,
                elsewhere,
                others,
                1,
                1,
                0,
                true,
                Seen.UNKNOWN,
                Seen.UNKNOWN,
                direct,
                Seen.UNKNOWN));
    assertThat(diagnosis).isEqualTo(new Diagnosis(verdict, confidence));
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY_AUTH, PROXY_AUTH", "PROXY_QUOTA, PROXY_QUOTA", "PROXY_REFUSED, PROXY_DOWN",
    "PROXY_DNS, PROXY_DOWN", "PROXY_UNREACHABLE, PROXY_DOWN", "PROXY_TLS, PROXY_DOWN",
    "PROXY_PROTOCOL, PROXY_DOWN", "PROXY_POLICY, POLICY", "HTTP_429, RATE_LIMITED",
    "HTTP_418, BANNED", "HTTP_403, BANNED", "HTTP_451, BANNED"
  })
  void aCertainSignalNeedsNoComparison(Signal signal, Verdict verdict) {
    assertThat(Diagnosis.decide(Sights.of(signal))).isEqualTo(new Diagnosis(verdict, 1));
  }

  @ParameterizedTest
  @EnumSource
  void aSignalByItselfNeverBlamesATargetForAllOrATakesAGroupOut(Signal signal) {
    var scope = Diagnosis.decide(Sights.of(signal)).verdict().scope();
    assertThat(scope).isIn(Verdict.Scope.PROXY, Verdict.Scope.PAIR, Verdict.Scope.NONE);
  }

  @Test
  void aTargetThatIsDownNeverTakesAProxyOut() {
    for (Signal signal : Signal.values()) {
      if (Diagnosis.isSettledBy(signal, false)) continue;
      var sights =
          new Sights(
              signal,
              false,
              Seen.WORKS,
              Seen.FAILS,
              5,
              3,
              Seen.WORKS,
              Seen.WORKS,
              Seen.FAILS,
              Seen.WORKS);
      assertThat(Diagnosis.decide(sights).verdict()).isEqualTo(Verdict.ORIGIN_DOWN);
    }
  }
}
