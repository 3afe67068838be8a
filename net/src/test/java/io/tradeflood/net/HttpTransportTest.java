package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
  record Time(long serverTime) {}

  @Test
  void readsAnAnswerAsARecord() throws Exception {
    try (var server = Loopback.json("{\"serverTime\":1499827319559,\"more\":1}");
        var transport = Transports.direct(Map.of())) {
      var time = Transports.run(FakeRest.at(server.url(), transport).get("/time").as(Time.class));
      assertThat(time).isEqualTo(new Time(1499827319559L));
      assertThat(server.lines()).isEqualTo(List.of("GET /time HTTP/1.1"));
    }
  }
}
