package io.tradeflood.proxyter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.health.Signal;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SightTest {
  private static Stream<Signal> silences(String via) {
    return Stream.of(Signal.values())
        .filter(
            signal ->
                new Sight(
                        Instant.EPOCH, via, "h:443", signal, "dial", 0, "", false, Optional.empty())
                    .isSilence());
  }

  @Test
  void silenceIsThatNobodySaidAnything() {
    assertThat(silences("fr"))
        .containsExactlyInAnyOrder(Signal.PROXY_TIMEOUT, Signal.CONNECT_SILENT, Signal.TUNNEL_MUTE);
  }

  @Test
  void withoutAProxyTheTargetItselfIsSilent() {
    assertThat(silences(Sight.DIRECT)).contains(Signal.ORIGIN_TIMEOUT);
  }
}
