package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.AdminFixture.WITH_TOKEN;
import static io.tradeflood.proxyter.admin.AdminFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients say of targets. */
@Timeout(60)
class FeedbackTest {
  private static final String[] ALICE = {"authorization", "Bearer secret-of-alice"};
  private static final String DOCUMENT =
      WITH_TOKEN
          + "clients: {alice: {secret: secret-of-alice}, bob: {secret: secret-of-bob}}\n"
          + "proxies: [{id: one, url: direct}, {id: two, url: direct}]\n"
          + "routes: {'*': {banOn: [418, 403]}}\n";

  @Test
  void aBanIsActedOnAtOnceAndTheClientIsToldToSwitch() throws IOException {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      Socket tunnel = fixture.tunnel("binance.candles,id=c-8f2,x=two:secret-of-alice");
      String report =
          "{\"id\":\"c-8f2\",\"status\":418,\"retryAfter\":600,\"usedWeight\":{\"1m\":6000},\"requests\":41,\"bodyHint\":\"-1003\",\"bytes\":300}";
      var told = fixture.send("POST", "/v1/feedback", report, ALICE).is(200).json();
      assertThat(told.get("action").asString()).isEqualTo("banned");
      assertThat(told.get("switch").asBoolean()).isTrue();
      assertThat(told.get("closed").asInt()).isEqualTo(1);
      assertThat(told.get("until").asString()).startsWith("20");
      assertThat(tunnel.getInputStream().read()).isEqualTo(-1);
      until(() -> fixture.get("/v1/matrix").json().get("blocked").size() == 1);
      var pair = fixture.get("/v1/matrix?origin=home").json().at("/blocked/0");
      assertThat(pair.get("proxy").asString()).isEqualTo("one");
      assertThat(pair.get("state").asString()).isEqualTo("banned");
      assertThat(pair.get("until").asString()).isEqualTo(told.get("until").asString());
      assertThat(fixture.get("/v1/proxies/one/state").json().at("/pairs/0/origin").asString())
          .isEqualTo("home");
      // The tunnel is closed, but its id is remembered.
      fixture.send("POST", "/v1/feedback", "{\"id\":\"c-8f2\",\"status\":200}", ALICE).is(200);
      // The ban of a proxy that is removed is kept, but nobody is told of a proxy that is not
      // there.
      String url = fixture.get("/v1/proxies/one").json().get("document").toString();
      fixture.send("DELETE", "/v1/proxies/one", "").is(200);
      assertThat(fixture.get("/v1/matrix").json().get("blocked").size()).isZero();
      assertThat(fixture.get("/v1/origins/home").json().at("/state/blocked").asInt()).isZero();
      assertThat(fixture.get("/metrics").text()).doesNotContain("proxyter_pair_state{");
      fixture.send("PUT", "/v1/proxies/one", url).is(201);
      assertThat(fixture.get("/v1/matrix").json().get("blocked").size()).isEqualTo(1);
    }
  }

  @Test
  void aLeaseOrAPairIsAsGoodAsAnId() throws IOException {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      fixture.tunnel("t,x=two:secret-of-alice");
      long number = fixture.get("/v1/leases").json().at("/items/0/number").asLong();
      String byLease = "{\"lease\":%d,\"status\":503}".formatted(number);
      assertThat(
              fixture
                  .send("POST", "/v1/feedback", byLease, ALICE)
                  .is(200)
                  .json()
                  .get("action")
                  .asString())
          .isEqualTo("suspected");
      String byPair =
          "{\"proxy\":\"one\",\"target\":\"%s\",\"status\":404}".formatted(fixture.target());
      assertThat(
              fixture
                  .send("POST", "/v1/feedback", byPair, ALICE)
                  .is(200)
                  .json()
                  .get("action")
                  .asString())
          .isEqualTo("noted");
      // Nobody speaks of pairs that it does not use, or of others' tunnels; operators do.
      String other = byPair.replace("one", "two");
      assertThat(fixture.send("POST", "/v1/feedback", other, ALICE).problem(422))
          .contains("no tunnel of yours");
      fixture
          .send("POST", "/v1/feedback", byLease, "authorization", "Bearer secret-of-bob")
          .problem(422);
      fixture.send("POST", "/v1/feedback", other).is(200);
      fixture.send("POST", "/v1/feedback", byLease, "authorization", "").problem(401);
    }
  }

  @Test
  void usedWeightRaisesTheWindowOfThePair() throws IOException {
    try (var fixture =
        new AdminFixture(
            DOCUMENT.replace("routes:", "groups: {main: {proxies: [one, two]}}\nroutes:"))) {
      fixture.send("PUT", "/v1/limits/proxy:*@origin:home", "{\"window\":\"1200/1m\"}").is(200);
      fixture.tunnel("t,id=c1,x=two:secret-of-alice");
      var told =
          fixture
              .send("POST", "/v1/feedback", "{\"id\":\"c1\",\"usedWeight\":{\"1M\":900}}", ALICE)
              .is(200)
              .json();
      assertThat(told.get("action").asString()).isEqualTo("noted");
      var limit = fixture.get("/v1/limits?scope=proxy:one@origin:home").json().at("/items/0");
      assertThat(limit.get("used").asInt()).isEqualTo(900);
      assertThat(limit.get("headroom").asInt()).isEqualTo(300);
    }
  }

  @Test
  void manyReportsComeAsLinesAndABadOneHarmsNoOther() throws IOException {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      fixture.tunnel("t,id=c1,x=two:secret-of-alice");
      String lines =
          "{\"id\":\"c1\",\"status\":200}\n"
              + "{\"id\":\"c2\",\"status\":200}\n"
              + "nonsense\n\n"
              + "{\"id\":\"c1\",\"status\":429,\"retryAfter\":5}\n";
      var answer =
          fixture
              .send(
                  "POST",
                  "/v1/feedback",
                  lines,
                  "authorization",
                  ALICE[1],
                  "content-type",
                  "application/x-ndjson")
              .is(200);
      String[] each = answer.text().split("\n");
      assertThat(each).hasSize(4);
      assertThat(each[0]).contains("\"action\":\"served\"");
      assertThat(each[1]).contains("\"problem\":\"no tunnel of yours has the id 'c2'");
      assertThat(each[2]).contains("\"problem\":\"the body is no JSON");
      assertThat(each[3]).contains("\"action\":\"paused\"", "\"switch\":true");
    }
  }

  @Test
  void whatCannotBeReadIsSaid() {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      for (String wrong :
          new String[] {
            "{}",
            "{\"id\":\"a\",\"lease\":1}",
            "{\"id\":1}",
            "{\"id\":\"a\",\"status\":99}",
            "{\"id\":\"a\",\"status\":\"418\"}",
            "{\"id\":\"a\",\"retryAfter\":-1}",
            "{\"id\":\"a\",\"until\":\"tomorrow\"}",
            "{\"id\":\"a\",\"usedWeight\":{\"1x\":1}}",
            "{\"id\":\"a\",\"usedWeight\":[1]}",
            "{\"id\":\"a\",\"statsu\":418}",
            "{\"proxy\":\"one\"}",
            "{\"proxy\":\"none\",\"target\":\"a:1\"}"
          })
        assertThat(fixture.send("POST", "/v1/feedback", wrong).problem(422)).as(wrong).isNotEmpty();
    }
  }

  @Test
  void aClientThatFloodsIsToldToWait() {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      String flood = "{\"id\":\"a\",\"status\":200}\n".repeat(20_000);
      String[] headers = {"authorization", ALICE[1], "content-type", "application/x-ndjson"};
      fixture.send("POST", "/v1/feedback", flood, headers).is(200);
      var refused = fixture.send("POST", "/v1/feedback", flood, headers);
      refused.problem(429);
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 10);
    }
  }
}
