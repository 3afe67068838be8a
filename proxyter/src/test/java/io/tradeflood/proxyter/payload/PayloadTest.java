package io.tradeflood.proxyter.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {
  @Test
  void aTypeAloneIsAPayload() {
    var payload = Payload.parse("binance.candles");
    assertThat(payload.type()).isEqualTo("binance.candles");
    assertThat(payload.cost()).isEqualTo(1);
    assertThat(payload.priority()).isEqualTo(Payload.ORDINARY);
    assertThat(payload.session()).isEmpty();
  }

  @Test
  void everyKeyIsRead() {
    var payload =
        Payload.parse(
            "binance.candles,s=a%2Fb,st=5,sm=hard,w=20,g=eu+us,tag=fast,x=fr-7+fr-8,id=c-1,t=2500,pr=9,fb=c-0:418:600,x-app=demo");
    assertThat(payload)
        .isEqualTo(
            new Payload(
                "binance.candles",
                Optional.of(new Payload.Session("a/b", OptionalInt.of(5), Payload.Mode.HARD)),
                20,
                Set.of("eu", "us"),
                Set.of("fast"),
                Set.of("fr-7", "fr-8"),
                Optional.of("c-1"),
                Optional.of(Duration.ofMillis(2500)),
                9,
                Optional.of(new Payload.Feedback("c-0", 418, Optional.of(Duration.ofMinutes(10)))),
                Map.of("x-app", "demo")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"               | type ''",
        "Binance           | type 'Binance'",
        "a..b              | type 'a..b'",
        "a.                | ends with a dot",
        "a,sess=1          | unknown key 'sess'",
        "a,s               | 's' is not KEY=VALUE",
        "a,s=              | 's=' is not KEY=VALUE",
        "a,=1              | '=1' is not KEY=VALUE",
        "a,s=1,s=2         | given twice",
        "a,w=x             | key 'w' is 'x': expected a number",
        "a,w=99999999999   | expected a number from 0 to 1000000000",
        "a,pr=10           | from 0 to 9",
        "a,t=0             | from 1 to",
        "a,sm=maybe,s=1    | expected soft, firm or hard",
        "a,st=5            | need a session",
        "a,g=eu++us        | empty name",
        "a,fb=nothing      | expected ID:STATUS",
        "a,s=%4            | two hexadecimal digits",
        "a,s=%zz           | two hexadecimal digits",
        "a,s=%FF           | not UTF-8",
        "a,s=%00           | control character",
        "a,s=a b           | write it as %HH",
        "a,                | is not KEY=VALUE"
      })
  void whatIsWrongIsNamedInOneLine(String text, String words) {
    assertThatThrownBy(() -> Payload.parse(text))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  @Test
  void moreThanASocksUserNameHoldsIsRefused() {
    assertThatThrownBy(() -> Payload.parse("a,s=" + "x".repeat(300))).hasMessageContaining("255");
  }

  @Property
  void whatIsWrittenIsReadAgain(@ForAll @From("payloads") Payload payload) {
    assertThat(Payload.parse(payload.toString())).isEqualTo(payload);
  }

  @Property
  void anyTextIsReadOrRefusedInOneLine(@ForAll String text) {
    try {
      Payload.parse(text);
    } catch (PayloadException e) {
      assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("\r");
    }
  }

  @Provide
  Arbitrary<Payload> payloads() {
    var names =
        Arbitraries.strings()
            .all()
            .ofMinLength(1)
            .ofMaxLength(6)
            .filter(
                s ->
                    s.chars().noneMatch(Character::isISOControl)
                        && StandardCharsets.UTF_8.newEncoder().canEncode(s));
    var words = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(5);
    return Combinators.combine(
            words,
            names.optional(),
            Arbitraries.longs().between(0, 1000),
            words.set().ofMaxSize(3),
            names.optional(),
            Arbitraries.integers().between(0, 9),
            words
                .map(w -> new Payload.Feedback(w, 429, Optional.of(Duration.ofSeconds(7))))
                .optional())
        .as(
            (type, session, cost, groups, id, priority, feedback) ->
                new Payload(
                    type,
                    session.map(
                        s ->
                            new Payload.Session(
                                s,
                                OptionalInt.empty(),
                                Payload.Mode.values()[s.length() % 3],
                                1 + s.length() % 5)),
                    cost,
                    groups,
                    Set.of(),
                    groups,
                    id,
                    Optional.empty(),
                    priority,
                    feedback,
                    Map.of()));
  }

  @Test
  void threeSchemesOfAHeaderMeanTheSame() {
    var expected = new Identity("binance.candles,s=7", "se:cret");
    byte[] pair = "binance.candles,s=7:se:cret".getBytes(StandardCharsets.UTF_8);
    assertThat(Identity.ofHeader("Basic " + Base64.getEncoder().encodeToString(pair)))
        .isEqualTo(expected);
    assertThat(
            Identity.ofHeader(
                "bearer " + Base64.getUrlEncoder().withoutPadding().encodeToString(pair)))
        .isEqualTo(expected);
    assertThat(Identity.ofHeader("Proxyter binance.candles,s=7;secret=se:cret"))
        .isEqualTo(expected);
    assertThat(expected.toString()).doesNotContain("cret");
  }

  @ParameterizedTest
  @CsvSource({"Digest abc", "Basic !!!", "Proxyter a;b=c", "''"})
  void whatIsNoIdentityIsRefusedWithoutRepeatingIt(String header) {
    assertThatThrownBy(() -> Identity.ofHeader(header))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("Proxy-Authorization")
        .hasMessageNotContaining("abc");
  }
}
