package io.tradeflood.proxyter.gateway;

import static io.tradeflood.proxyter.gateway.FakeClient.basic;
import static io.tradeflood.proxyter.gateway.GatewayFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.gateway.Consequence.Action;
import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.health.Attempt;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedbackTest {
  private final GatewayFixture fixture = new GatewayFixture();
  private final FakeProxy one = fixture.with(FakeProxy.open());
  private final FakeProxy two = fixture.with(FakeProxy.open());
  private final FakeTarget target = fixture.with(FakeTarget.echo());

  @AfterEach
  void close() {
    fixture.close();
  }

  private void start(String rest) {
    fixture.start(
        "clients: {alice: {secret: a}, bob: {secret: b}}\n"
            + "proxies: [{id: one, url: '%s'}, {id: two, url: '%s'}]\n"
                .formatted(one.url("http"), two.url("http"))
            + rest);
  }

  private FakeClient open(String payloadAndSecret) throws IOException {
    FakeClient client = fixture.client();
    assertThat(client.connect("127.0.0.1:" + target.port(), basic(payloadAndSecret)))
        .contains(" 200 ");
    return client;
  }

  private Lease lease(String id) {
    return fixture.gateway().lease(id).orElseThrow();
  }

  @Test
  void aBanToldOfClosesThePairsTunnelsAndIsWatched() throws IOException {
    start("");
    FakeClient client = open("t,id=c1,x=two:a");
    FakeClient other = open("t,x=one:a");
    var consequence = fixture.gateway().told(lease("c1"), 418, Optional.of(Duration.ofSeconds(9)));
    assertThat(consequence.action()).isEqualTo(Action.BANNED);
    assertThat(consequence.switches()).isTrue();
    assertThat(consequence.closed()).isEqualTo(1);
    assertThat(client.isEnded()).isTrue();
    assertThat(other.echo("still")).isEqualTo("still");
    assertThat(fixture.health.saw("one", "H-418")).isTrue();
    Attempt told =
        fixture.health.attempts.stream()
            .filter(a -> a.phase().equals("feedback"))
            .findFirst()
            .orElseThrow();
    assertThat(told.retryAfter()).contains(told.at().plusSeconds(9));
    assertThat(fixture.gateway().stats().feedback()).containsEntry(418, 1L);
  }

  @Test
  void theRoutesRulesSayWhatAStatusMeans() throws IOException {
    start("routes: {'*': {banOn: [403, 420], pauseOn: [503], closeOnBan: false}}\n");
    FakeClient client = open("t,id=c1,x=two:a");
    Lease lease = lease("c1");
    Gateway gateway = fixture.gateway();
    assertThat(gateway.told(lease, 403, Optional.empty()).action()).isEqualTo(Action.BANNED);
    assertThat(gateway.told(lease, 420, Optional.empty()).action()).isEqualTo(Action.BANNED);
    assertThat(gateway.told(lease, 503, Optional.empty()).action()).isEqualTo(Action.PAUSED);
    assertThat(gateway.told(lease, 502, Optional.empty()).action()).isEqualTo(Action.SUSPECTED);
    assertThat(gateway.told(lease, 418, Optional.empty()).action()).isEqualTo(Action.NOTED);
    assertThat(gateway.told(lease, 204, Optional.empty()).action()).isEqualTo(Action.SERVED);
    assertThat(gateway.told(lease, 101, Optional.empty()).action()).isEqualTo(Action.SERVED);
    assertThat(fixture.health.signalsOf("one"))
        .containsSequence("H-403", "H-418", "H-429", "H-5xx", "OK");
    assertThat(client.echo("open")).isEqualTo("open");
  }

  @Test
  void aWordInTheNextPayloadIsHeardAndTheProxyIsLeftAtOnce() throws IOException {
    start("routes: {'*': {closeOnBan: false}}\n");
    open("t,id=c1,x=two:a");
    for (int i = 0; i < 20; i++) open("t,fb=c1%3A418%3A60:a");
    assertThat(fixture.gateway().leases())
        .filteredOn(l -> l.id().isEmpty())
        .allMatch(l -> l.proxy().equals("two"));
    assertThat(fixture.health.saw("one", "H-418")).isTrue();
  }

  @Test
  void nobodySpeaksForAnothersTunnel() throws IOException {
    start("");
    FakeClient client = open("t,id=c1,x=two:a");
    open("t,fb=c1%3A418:b");
    assertThat(fixture.health.saw("one", "H-418")).isFalse();
    assertThat(client.echo("open")).isEqualTo("open");
  }

  @Test
  void whatBecameOfRequestsIsCountedByRouteAndGroup() throws IOException {
    start("routes: {binance: {}, '*': {}}\n");
    FakeClient client = open("binance.candles,x=two:a");
    client.echo("12345");
    fixture.client().connect("127.0.0.1:1", basic("other:wrong"));
    until(() -> fixture.gateway().stats().proxies().get("one").bytesUp() == 5);
    GatewayStats stats = fixture.gateway().stats();
    assertThat(stats.routes().get("binance").outcomes()).containsEntry(Outcome.OPENED, 1L);
    assertThat(stats.routes().get("*").outcomes()).containsEntry(Outcome.OPENED, 0L);
    assertThat(stats.outcomes())
        .containsEntry(Outcome.OPENED, 1L)
        .containsEntry(Outcome.UNAUTHENTICATED, 1L);
    assertThat(stats.groups().get("main").tunnels()).containsExactly(java.util.Map.entry("one", 1));
    GatewayStats.Spread setups = stats.groups().get("main").setups();
    assertThat(setups.counts())
        .satisfies(counts -> assertThat(java.util.Arrays.stream(counts).sum()).isEqualTo(1));
    assertThat(setups.seconds()).isPositive();
    client.close();
    until(() -> fixture.gateway().stats().tunnels() == 0);
    assertThat(fixture.gateway().stats().proxies().get("one").bytesUp()).isEqualTo(5);
  }
}
