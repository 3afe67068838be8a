package io.tradeflood.proxyter.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.gateway.FakeTarget;
import io.tradeflood.proxyter.gateway.FakeTls;
import io.tradeflood.proxyter.health.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Who waits for a diagnosis is told who is at fault, and that the others are not. */
@Timeout(60)
class DiagnoseTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final FakeTarget.Deed DENYING = FakeProxy.answering("HTTP/1.1 503 Oh\r\n\r\n");

  private final FakeTarget target = FakeTls.answering(OK);
  private final FakeTarget control = FakeTls.answering(OK);
  private final FakeTarget another = FakeTls.answering(OK);
  private final FakeProxy one = FakeProxy.open();
  private final FakeProxy two = FakeProxy.open();
  private final FakeProxy three = FakeProxy.open();

  /**
   * The target is this machine by its number, so that it can be looked at without a proxy too.
   * Nobody here is silent, so the times are never waited for.
   */
  private final AdminFixture fixture =
      new AdminFixture(
          """
          %shealth: {connectTimeout: 10s, handshakeTimeout: 10s, directProbes: true, controls: ['c.one.example:%d', 'c.two.example:%d']}
          proxies: [{id: one, url: '%s', provider: a}, {id: two, url: '%s', provider: b}, {id: three, url: '%s', provider: c}]
          """
              .formatted(
                  AdminFixture.OPEN,
                  control.port(),
                  another.port(),
                  one.url("http"),
                  two.url("http"),
                  three.url("http")));

  @AfterEach
  void close() throws Exception {
    fixture.close();
    for (AutoCloseable thing : List.of(one, two, three, target, control, another)) thing.close();
  }

  private JsonNode diagnosed() {
    return fixture
        .send("POST", "/v1/proxies/one:diagnose?wait=30s&target=127.0.0.1:" + target.port(), "")
        .is(200)
        .json();
  }

  private static void concluded(JsonNode answer, String type, Verdict verdict) {
    assertThat(answer.get("events")).as(answer.toString()).hasSize(1);
    assertThat(answer.at("/events/0/type").asString()).isEqualTo(type);
    assertThat(answer.at("/events/0/verdict").asString()).isEqualTo(verdict.name());
    assertThat(answer.at("/events/0/confidence").asDouble()).isGreaterThanOrEqualTo(0.9);
    assertThat(answer.has("reached")).isFalse();
  }

  private String state(String proxy) {
    return fixture.get("/v1/proxies/" + proxy).is(200).json().at("/state/state").asString();
  }

  @Test
  void aProxyThatServesNobodyIsDown() {
    one.fault = Optional.of(DENYING);
    var answer = diagnosed();
    concluded(answer, "proxy.down", Verdict.PROXY_DOWN);
    assertThat(answer.at("/events/0/proxy/id").asString()).isEqualTo("one");
    assertThat(answer.at("/state/state").asString()).isEqualTo("down");
    assertThat(answer.get("pairs")).isEmpty();
    assertThat(state("two")).isEqualTo("up");
  }

  @Test
  void aWayWithoutAProxyHurriesNoProxy() {
    one.fault = Optional.of(DENYING);
    // Longer than what is left to the silent once somebody has served.
    for (FakeProxy slow : List.of(two, three)) slow.delay = Duration.ofSeconds(2);
    concluded(diagnosed(), "proxy.down", Verdict.PROXY_DOWN);
  }

  @Test
  void aTargetThatRefusesThisProxyIsClosedToItAlone() {
    one.at.put("127.0.0.1", DENYING);
    var answer = diagnosed();
    concluded(answer, "pair.refused", Verdict.PAIR_REFUSED);
    assertThat(answer.at("/events/0/proxy/id").asString()).isEqualTo("one");
    assertThat(answer.at("/events/0/origin").asString()).isEqualTo("home");
    assertThat(answer.at("/state/state").asString()).isEqualTo("up");
    assertThat(answer.get("pairs")).hasSize(1);
    assertThat(answer.at("/pairs/0/origin").asString()).isEqualTo("home");
    assertThat(answer.at("/pairs/0/state").asString()).isEqualTo("refused");
    assertThat(state("two")).isEqualTo("up");
  }

  @Test
  void aTargetThatServesNobodyIsDownAndNoProxyIsBlamed() throws Exception {
    target.close();
    var answer = diagnosed();
    concluded(answer, "origin.down", Verdict.ORIGIN_DOWN);
    assertThat(answer.at("/events/0/origin").asString()).isEqualTo("home");
    assertThat(answer.at("/events/0").has("proxy")).isFalse();
    assertThat(answer.at("/state/state").asString()).isEqualTo("up");
    assertThat(answer.get("pairs")).isEmpty();
    assertThat(state("two")).isEqualTo("up");
    assertThat(fixture.get("/v1/matrix").is(200).json().at("/origins/0/down").asBoolean()).isTrue();
  }

  @Test
  void nothingIsConcludedWhereNothingIsWrong() {
    var answer = diagnosed();
    assertThat(answer.get("events")).as(answer.toString()).isEmpty();
    assertThat(answer.at("/state/state").asString()).isEqualTo("up");
    assertThat(answer.get("pairs")).isEmpty();
  }
}
