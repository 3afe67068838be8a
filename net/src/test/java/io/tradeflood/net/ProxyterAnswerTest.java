package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProxyterAnswerTest {
  private static Optional<ProxyterAnswer> read(int status, Map<String, String> headers) {
    return ProxyterAnswer.of(status, name -> Optional.ofNullable(headers.get(name)));
  }

  @Test
  void whatProxyterSaysIsRead() {
    assertThat(
            read(
                503,
                Map.of(
                    "proxy-status",
                    "proxyter; error=destination_unavailable; next-hop=origin; received-status=418;"
                        + " details=\"fr-7: \\\"banned\\\"; until = 3, \\\\o/\"",
                    "retry-after",
                    "17")))
        .contains(
            new ProxyterAnswer(
                503,
                "destination_unavailable",
                "fr-7: \"banned\"; until = 3, \\o/",
                true,
                OptionalInt.of(418),
                Optional.of(Duration.ofSeconds(17))));
  }

  @Test
  void answersOfTheExchangeAndOfOthersAreNotProxyters() {
    assertThat(read(503, Map.of())).isEmpty();
    assertThat(read(407, Map.of("proxy-authenticate", "Basic realm=\"squid\""))).isEmpty();
    assertThat(read(200, Map.of("proxy-status", "proxyter; next-hop=\"fr-7\""))).isEmpty();
    assertThat(read(502, Map.of("proxy-status", "squid; error=dns_error"))).isEmpty();
    assertThat(read(502, Map.of("proxy-status", "proxyter2; error=dns_error"))).isEmpty();
  }

  @Test
  void aMissingSecretIsKnownByItsRealm() {
    assertThat(read(407, Map.of("proxy-authenticate", "Basic realm=\"proxyter\"")))
        .get()
        .hasFieldOrPropertyWithValue("status", 407);
  }

  @Test
  void detailsStayALineOfALengthThatCanBeRead() {
    var details =
        read(502, Map.of("proxy-status", "proxyter; error=x; details=\"a\r\nb" + "c".repeat(9_000)))
            .orElseThrow()
            .details();
    assertThat(details).startsWith("a bc").hasSizeLessThan(310).doesNotContain("\n");
  }

  @Property
  void nothingThatComesBreaksTheReader(@ForAll String status, @ForAll String wait) {
    read(503, Map.of("proxy-status", "proxyter; error=" + status, "retry-after", wait));
    read(503, Map.of("proxy-status", status));
  }
}
