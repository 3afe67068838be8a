package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.AdminFixture.OPEN;
import static io.tradeflood.proxyter.admin.AdminFixture.WITH_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.proxyter.config.SettingsException;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is let in, and what HTTP wants. */
@Timeout(60)
class ServerTest {
  private static final String TWO =
      "clients: {alice: {secret: secret-of-alice}, bob: {secret: secret-of-bob}}\n"
          + "proxies: [{id: one, url: direct}]\n";

  private static String get(String path, String host, String more) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n".formatted(path, host, more);
  }

  @Test
  void withATokenOnlyWhoHasItComesIn() {
    try (var fixture = new AdminFixture(WITH_TOKEN + TWO)) {
      fixture.get("/v1/proxies").is(200);
      assertThat(fixture.get("/v1/proxies", "authorization", "").problem(401))
          .contains("Authorization: Bearer TOKEN");
      assertThat(fixture.get("/v1/proxies", "authorization", "").header("www-authenticate"))
          .startsWith("Bearer");
      fixture.get("/v1/proxies", "authorization", "Bearer operator-toker").problem(401);
      fixture.get("/v1/proxies", "authorization", "Basic b3BlcmF0b3I6").problem(401);
      fixture.get("/metrics", "authorization", "").problem(401);
      for (String open : new String[] {"/livez", "/readyz", "/openapi.json", "/", "/page.js"})
        fixture.get(open, "authorization", "").is(200);
    }
  }

  @Test
  void aClientsSecretIsGoodForFeedbackAndItsOwnLeasesOnly() throws IOException {
    try (var fixture = new AdminFixture(WITH_TOKEN + TWO)) {
      fixture.tunnel("t,id=a1:secret-of-alice");
      fixture.tunnel("t,id=b1:secret-of-bob");
      String alice = "Bearer secret-of-alice";
      assertThat(fixture.get("/v1/proxies", "authorization", alice).problem(403))
          .contains("feedback and its own leases only");
      fixture.get("/v1/config", "authorization", alice).problem(403);
      fixture.get("/v1/events", "authorization", alice).problem(403);
      fixture.get("/v1/leases/a1", "authorization", alice).is(200);
      fixture.get("/v1/leases/b1", "authorization", alice).problem(404);
      var leases = fixture.get("/v1/leases?client=bob", "authorization", alice).is(200).json();
      assertThat(leases.get("total").asInt()).isEqualTo(1);
      assertThat(leases.get("items").get(0).get("client").asString()).isEqualTo("alice");
      assertThat(fixture.get("/v1/leases").json().get("total").asInt()).isEqualTo(2);
    }
  }

  @Test
  void withoutATokenAPageOfTheWebCannotPassForAPerson() throws IOException {
    try (var fixture = new AdminFixture(OPEN + TWO)) {
      fixture.get("/v1/proxies").is(200);
      String here = "127.0.0.1:" + fixture.admin.port();
      assertThat(fixture.raw(get("/v1/proxies", here, ""))).startsWith("HTTP/1.1 200 ");
      assertThat(fixture.raw(get("/v1/proxies", "localhost", ""))).startsWith("HTTP/1.1 200 ");
      // A name of somebody else that resolves to this machine.
      for (String host :
          new String[] {"evil.example", "127.0.0.1.evil.example", "127.0.0.1:x", "", "[::2]"})
        assertThat(fixture.raw(get("/v1/proxies", host, "")))
            .startsWith("HTTP/1.1 403 ")
            .contains("is no name of this machine");
      String post =
          "POST /v1/proxies/one:disable HTTP/1.1\r\n"
              + "Host: %s\r\n"
              + "%sContent-Length: 0\r\n"
              + "Connection: close\r\n\r\n";
      assertThat(fixture.raw(post.formatted(here, "Origin: http://evil.example\r\n")))
          .startsWith("HTTP/1.1 403 ");
      assertThat(fixture.raw(post.formatted(here, "Sec-Fetch-Site: cross-site\r\n")))
          .startsWith("HTTP/1.1 403 ");
      assertThat(fixture.raw(post.formatted(here, "Origin: http://" + here + "\r\n")))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void whatIsNotThereOrNotAllowedIsToldApart() throws IOException {
    try (var fixture = new AdminFixture(WITH_TOKEN + TWO)) {
      assertThat(fixture.get("/v1/nothing").problem(404)).contains("/openapi.json");
      fixture.get("/v1/proxies/nobody").problem(404);
      var wrong = fixture.send("DELETE", "/v1/proxies", "");
      wrong.problem(405);
      assertThat(wrong.header("allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
      fixture.send("POST", "/v1/proxies/one:dance", "").problem(404);
      assertThat(
              fixture
                  .send(
                      "PUT",
                      "/v1/proxies/two",
                      "a=b",
                      "content-type",
                      "application/x-www-form-urlencoded")
                  .problem(415))
          .contains("expected application/json");
      assertThat(fixture.get("/v1/proxies", "accept", "text/html").problem(406))
          .contains("application/json");
      fixture.get("/v1/proxies", "accept", "text/html, */*;q=0.1").is(200);
      fixture.get("/v1/proxies", "accept", "application/json;q=0, */*").problem(406);
      fixture.get("/v1/events?after=1&after=2").problem(400);
      String token = "Authorization: Bearer " + AdminFixture.TOKEN + "\r\n";
      for (String path : new String[] {"/v1/proxies/%zz", "/v1/explain?payload=%zz"})
        assertThat(fixture.raw(get(path, "x", token)))
            .startsWith("HTTP/1.1 400 ")
            .contains("a % without two hexadecimal digits");
    }
  }

  @Test
  void headAndOptionsSayWhatGetWouldWithoutABody() throws IOException {
    try (var fixture = new AdminFixture(OPEN + TWO)) {
      var head = fixture.send("HEAD", "/v1/proxies", "").is(200);
      assertThat(head.text()).isEmpty();
      assertThat(head.header("etag")).isEqualTo("\"1\"");
      assertThat(Integer.parseInt(head.header("content-length"))).isPositive();
      var options = fixture.send("OPTIONS", "/v1/proxies/one", "").is(204);
      assertThat(options.header("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
    }
  }

  @Test
  void bodiesAndHeadsAreBounded() throws IOException {
    try (var fixture = new AdminFixture(WITH_TOKEN + TWO)) {
      String big = "{\"url\":\"" + "x".repeat(1 << 20) + "\"}";
      assertThat(fixture.send("PUT", "/v1/proxies/two", big).problem(413)).contains("longer than");
      String auth = "Authorization: Bearer " + AdminFixture.TOKEN + "\r\n";
      // Without a length the bytes are counted as they come.
      var endless = new StringBuilder("PUT /v1/proxies/two HTTP/1.1\r\nHost: x\r\n" + auth);
      endless.append("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 40; i++)
        endless.append("8000\r\n").append("y".repeat(0x8000)).append("\r\n");
      assertThat(fixture.raw(endless.toString())).startsWith("HTTP/1.1 413 ");
      assertThat(fixture.raw(get("/v1/proxies", "x", auth + "X: " + "z".repeat(40_000) + "\r\n")))
          .startsWith("HTTP/1.1 431 ");
      fixture.get("/livez").is(200);
    }
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws IOException {
    try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        var fixture = new AdminFixture(OPEN + TWO)) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertThat(
              fixture
                  .send("PUT", "/v1/config", "{\"admin\":{\"address\":\"%s\"}}".formatted(address))
                  .problem(422))
          .contains("admin.address " + address + " cannot be opened");
      fixture.get("/livez").is(200);
      assertThatThrownBy(
              () -> new AdminFixture("admin: {address: '%s'}\n".formatted(address)).close())
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("cannot be opened");
    }
  }

  @Test
  void anotherTokenHoldsAtOnce() {
    try (var fixture = new AdminFixture(WITH_TOKEN + TWO)) {
      fixture
          .send(
              "PUT", "/v1/config", "{\"admin\":{\"address\":\"127.0.0.1:0\",\"token\":\"other\"}}")
          .is(200);
      fixture.get("/v1/proxies").problem(401);
      fixture.get("/v1/proxies", "authorization", "Bearer other").is(200);
    }
  }

  @Test
  void anotherAddressIsTakenWithoutCuttingOffWhoChangedIt() {
    try (var fixture = new AdminFixture(WITH_TOKEN + TWO)) {
      int old = fixture.admin.port();
      fixture
          .send(
              "PUT",
              "/v1/config",
              "{\"admin\":{\"address\":\"localhost:0\",\"token\":\"operator-token\"}}")
          .is(200);
      assertThat(fixture.admin.port()).isNotEqualTo(old);
      fixture.get("/v1/overview").is(200);
      AdminFixture.until(
          () -> {
            try (var socket = new java.net.Socket("127.0.0.1", old)) {
              return !socket.isConnected();
            } catch (IOException _) {
              return true;
            }
          });
    }
  }
}
