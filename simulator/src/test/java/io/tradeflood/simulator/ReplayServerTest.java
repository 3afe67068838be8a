package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.simulator.wire.Delivery;
import io.tradeflood.simulator.wire.Response;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayServerTest {

  @Test
  void theNewestAnswerThatFitsWinsAndRequestsAreRemembered() {
    try (ReplayServer server = ReplayServer.start();
        Browser web = new Browser(server.baseUrl())) {
      server
          .get("/candles", "[1]")
          .get("/candles", query -> query.get("page").equals(Optional.of("2")), "[2]")
          .when(
              request -> request.method().equals("POST"),
              request -> Response.text(200, "text/plain", request.text()));
      assertThat(web.get("/candles").body()).isEqualTo("[1]");
      assertThat(web.get("/candles?page=2").body()).isEqualTo("[2]");
      assertThat(web.get("/other").statusCode()).isEqualTo(404);
      assertThat(server.requests())
          .extracting(Object::toString)
          .containsExactly(
              "GET /candles []", "GET /candles [Parameter[name=page, value=2]]", "GET /other []");
      server.forget();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void anAnswerMayBreak() {
    try (ReplayServer server = ReplayServer.start();
        Browser web = new Browser(server.baseUrl())) {
      server.when(
          request -> true,
          request -> Response.text(200, "text/plain", "abc").deliveredBy(new Delivery.Cut(1)));
      assertThatThrownBy(() -> web.send("GET", "/", "")).isInstanceOf(IOException.class);
    }
  }
}
